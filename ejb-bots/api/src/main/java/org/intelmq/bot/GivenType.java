package org.intelmq.bot;

import org.intelmq.message.Event;
import org.intelmq.message.Fields;

/** The parameter {@code type} of parsers that read any table: the {@code classification.type} of rows without one. */
public final class GivenType {

    private GivenType() { }

    /** Warns of a type that no event accepts, which each row without one would fail for. */
    public static void warn(String type, BotContext context) {
        Event probe = context.newEvent();
        boolean isGiven = type != null && !type.isEmpty() && probe.isKnown(Fields.CLASSIFICATION_TYPE);
        if (isGiven && !probe.isValid(Fields.CLASSIFICATION_TYPE, type, true)) {
            context.log().warning("parameter 'type' cannot be \"" + type + "\": expected a value of classification.type, such as c2-server");
        }
    }
}
