package org.intelmq.pipeline;

import java.util.regex.Pattern;

/** The queues of the ticks that make collectors poll. They are the server's own; operators neither see nor empty them. */
public final class TickQueues {

    private static final String SUFFIX = ".tick";
    private static final Pattern NAME = Pattern.compile("[0-9a-zA-Z-]+\\.tick");

    private TickQueues() { }

    public static String of(String bot) {
        return bot + SUFFIX;
    }

    /** Whether it is one, even of a removed collector; not if the configuration uses the name for events. */
    public static boolean isOne(String queue, RuntimeConfiguration configuration) {
        return NAME.matcher(queue).matches() && configuration.bots().values().stream()
                .noneMatch(bot -> !bot.isCollector() && bot.sourceQueue().equals(queue));
    }
}
