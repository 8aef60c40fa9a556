package org.intelmq.pipeline;

import java.util.regex.Pattern;

/** The queues of the ticks that make collectors poll. They belong to the server; operators neither see nor empty them. */
public final class TickQueues {

    private static final String SUFFIX = ".tick";
    private static final String TURN = ".turn";
    private static final Pattern NAME = Pattern.compile("[0-9a-zA-Z-]+(\\.turn)?\\.tick");

    private TickQueues() { }

    public static String of(String bot) {
        return bot + SUFFIX;
    }

    /** The queue with a single message: the server that holds it runs the bot, and the others wait for it. */
    public static String turnOf(String bot) {
        return bot + TURN + SUFFIX;
    }

    /** Whether it is one, even of a removed collector; false if the configuration uses the name for events. */
    public static boolean isOne(String queue, RuntimeConfiguration configuration) {
        return NAME.matcher(queue).matches() && configuration.bots().values().stream()
                .noneMatch(bot -> !bot.isCollector() && bot.sourceQueue().equals(queue));
    }
}
