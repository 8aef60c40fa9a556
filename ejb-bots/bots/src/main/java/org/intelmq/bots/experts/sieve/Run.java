package org.intelmq.bots.experts.sieve;

import java.math.BigInteger;
import java.util.Arrays;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.RuleText.Trace;
import org.intelmq.message.Message;
import org.intelmq.text.net.IpAddress;

/** One run of the rules for one event: the event itself, the variables set so far, and where the event is to go. */
final class Run {

    /** The value of a variable that no rule has set yet. */
    static final Object UNSET = new Object();
    private static final String[] DEFAULT = {Outbox.DEFAULT_PATH};

    final Message event;
    final BotContext context;
    final Object[] variables;
    /** {@code null} if nobody is watching. */
    final Trace trace;
    String[] paths = DEFAULT;
    private Object addressValue = UNSET;
    private IpAddress address;

    Run(Message event, BotContext context, int variableCount, Trace trace) {
        this.event = event;
        this.context = context;
        this.trace = trace;
        this.variables = new Object[variableCount];
        Arrays.fill(variables, UNSET);
    }

    /** The address that a value stands for; {@code null} if it is none. A whole number counts as one, as in Python. */
    IpAddress address(Object value) {
        if (value != addressValue) {
            addressValue = value;
            address = value instanceof String text ? IpAddress.parseOrNull(text)
                    : value instanceof Double || !Values.isNumber(value) ? null
                    : IpAddress.ofNumber(new BigInteger(Values.comparable(value).toString()));
        }
        return address;
    }
}
