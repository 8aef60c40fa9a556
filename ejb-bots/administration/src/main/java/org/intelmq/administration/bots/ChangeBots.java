package org.intelmq.administration.bots;

import java.util.List;
import java.util.Map;
import org.intelmq.access.Role;
import org.intelmq.administration.Command;
import org.intelmq.administration.Site;
import org.intelmq.control.BotControl;
import org.intelmq.control.BotState;

/**
 * Starts, stops, reloads or restarts bots; answers with the state each is in then.
 *
 * @param bots at least one, each in {@code runtime.yaml}
 */
public record ChangeBots(BotAction action, List<String> bots) implements Command<Map<String, BotState>> {

    @Override
    public Role needs() {
        return Role.OPERATOR;
    }

    @Override
    public String summary() {
        return action.word() + " " + String.join(" ", bots);
    }

    @Override
    public Map<String, BotState> perform(Site site) {
        bots.forEach(bot -> KnownBot.of(site, bot));
        BotControl control = site.control();
        return switch (action) {
            case START -> control.start(bots);
            case STOP -> control.stop(bots);
            case RELOAD -> control.reload(bots);
            case RESTART -> {
                control.stop(bots);
                yield control.start(bots);
            }
        };
    }
}
