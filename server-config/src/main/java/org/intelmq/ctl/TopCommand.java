package org.intelmq.ctl;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code intelmqctl top}: what each bot is doing, those in trouble first. */
@Command(name = "top", description = "Shows what each bot is doing, and why idle ones are idle; bots in trouble first.")
final class TopCommand implements Callable<Integer> {

    private static final String CLEAR = "\u001b[H\u001b[2J";
    private static final int WHY = 90;

    private final Session session;

    @Option(names = "--once", description = "Show it once and exit.")
    private boolean once;

    @Option(names = "--interval", paramLabel = "SECONDS", defaultValue = "2", description = "Polling interval. Default: ${DEFAULT-VALUE}")
    private int interval;

    @Option(names = "--group", paramLabel = "GROUP", description = "Only bots of this group.")
    private Group group;

    TopCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        boolean single = once || !session.output().isText();
        do {
            List<Map<?, ?>> bots = bots();
            session.output().result(bots);
            if (session.output().isText()) {
                if (!single) {
                    session.output().stream().print(CLEAR);
                }
                table(bots).forEach(session.output()::show);
            }
            if (!single) {
                Thread.sleep(Duration.ofSeconds(Math.max(1, interval)).toMillis());
            }
        } while (!single);
        return 0;
    }

    private List<Map<?, ?>> bots() {
        String only = group == null ? "" : "?group=" + group.title();
        return ((List<?>) session.remote().get("bots" + only)).stream().<Map<?, ?>>map(bot -> (Map<?, ?>) bot)
                .sorted(Comparator.comparingInt(TopCommand::rank)).toList();
    }

    /** The lower, the more it needs somebody. */
    private static int rank(Map<?, ?> bot) {
        boolean runs = "running".equals(bot.get("state"));
        boolean fails = bot.get("last_error") != null && (bot.get("last_success") == null
                || Instant.parse((String) bot.get("last_error_at")).isAfter(Instant.parse((String) bot.get("last_success"))));
        if (runs) {
            return bot.get("waits_for") != null || fails ? 0 : bot.get("held_behind") != null ? 1 : waiting(bot) > 0 ? 2 : 4;
        }
        return "disabled".equals(bot.get("state")) ? 5 : 3;
    }

    private static long waiting(Map<?, ?> bot) {
        return ((Number) bot.get("waiting")).longValue();
    }

    private static List<String> table(List<Map<?, ?>> bots) {
        int width = Math.max(3, bots.stream().mapToInt(bot -> ((String) bot.get("id")).length()).max().orElse(3));
        String form = "%-" + width + "s %-9s %9s %11s %8s %-20s %s";
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, form, "BOT", "STATE", "EVENTS/S", "WAITING", "OLDEST", "NEXT RUN", "WHY, LAST ERROR"));
        for (Map<?, ?> bot : bots) {
            String rate = String.format(Locale.ROOT, "%,.1f", ((Number) bot.get("rate")).doubleValue());
            String next = bot.get("next_run") == null ? "" : ((String) bot.get("next_run")).replaceFirst("\\.\\d+", "");
            lines.add(String.format(Locale.ROOT, form, bot.get("id"), bot.get("state"), rate, String.format(Locale.ROOT, "%,d", waiting(bot)),
                    age(bot.get("oldest_waiting")), next, why(bot)).stripTrailing());
        }
        return lines;
    }

    private static String age(Object since) {
        if (since == null) {
            return "";
        }
        long seconds = Math.max(0, Duration.between(Instant.parse((String) since), Instant.now()).toSeconds());
        return seconds < 100 ? seconds + " s" : seconds < 6000 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }

    /** From the bot to the cause; else what went wrong last. */
    private static String why(Map<?, ?> bot) {
        List<?> chain = (List<?>) bot.get("why");
        String error = bot.get("last_error") == null ? "" : "last error: " + bot.get("last_error");
        String text = chain.isEmpty() ? error : chain.stream().map(each -> (Map<?, ?>) each)
                .map(each -> each.get("bot").equals(bot.get("id")) ? String.valueOf(each.get("text")) : each.get("bot") + " " + each.get("text"))
                .collect(Collectors.joining("; "));
        return text.length() <= WHY ? text : text.substring(0, WHY) + "…";
    }
}
