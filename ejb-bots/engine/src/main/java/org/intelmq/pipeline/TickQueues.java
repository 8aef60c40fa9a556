package org.intelmq.pipeline;

import java.util.regex.Pattern;

/** The queues of the ticks that make collectors poll. They are the server's own; operators neither see nor empty them. */
public final class TickQueues {

    private static final String SUFFIX = ".tick";
    private static final String TURN = ".turn";
    private static final Pattern NAME = Pattern.compile("[0-9a-zA-Z-]+(\\.turn)?\\.tick");

    private TickQueues() { }

    public static String of(String bot) {
        return bot + SUFFIX;
    }

    /** Of the one message that the server has which runs the bot; the others wait for it. */
    public static String turnOf(String bot) {
        return bot + TURN + SUFFIX;
    }

    /** Whether it is one, even of a removed collector; not if the configuration uses the name for events. */
    public static boolean isOne(String queue, RuntimeConfiguration configuration) {
        return NAME.matcher(queue).matches() && configuration.bots().values().stream()
                .noneMatch(bot -> !bot.isCollector() && bot.sourceQueue().equals(queue));
    }
}
