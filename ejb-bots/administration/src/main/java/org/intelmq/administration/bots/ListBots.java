package org.intelmq.administration.bots;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.intelmq.administration.Query;
import org.intelmq.administration.Site;

/**
 * The configured bots, in the order of {@code runtime.yaml}.
 *
 * @param text  what id, name, module or description contain, in any case; {@code null} or empty for anything
 * @param state {@code running}, {@code stopped}, {@code disabled}, and as well {@code held}, {@code waiting} (for another system) or
 *              {@code failing}; {@code null} or empty for any
 * @param group {@code Collector}, {@code Parser}, {@code Expert} or {@code Output}; {@code null} or empty for any
 */
public record ListBots(String text, String state, String group) implements Query<List<BotView>> {

    @Override
    public List<BotView> perform(Site site) {
        return site.overview().bots().values().stream().filter(bot -> isEmpty(group) || group.equalsIgnoreCase(bot.group()))
                .filter(bot -> isEmpty(state) || isIn(bot, state.toLowerCase(Locale.ROOT))).filter(this::contains).toList();
    }

    private static boolean isIn(BotView bot, String wanted) {
        return switch (wanted) {
            case "held" -> bot.heldBehind() != null;
            case "waiting" -> bot.waitsFor() != null;
            case "failing" -> bot.fails();
            default -> bot.state().word().equals(wanted);
        };
    }

    private boolean contains(BotView bot) {
        return isEmpty(text) || Stream.of(bot.id(), bot.name(), bot.module(), bot.description())
                .anyMatch(part -> part != null && part.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)));
    }

    private static boolean isEmpty(String given) {
        return given == null || given.isBlank();
    }
}
