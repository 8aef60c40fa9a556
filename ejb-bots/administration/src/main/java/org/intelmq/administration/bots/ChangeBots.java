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
 * @param bots  each in {@code runtime.yaml}; empty for those of the group: to start, the enabled ones
 * @param group as in {@code runtime.yaml}; {@code null} for all
 */
public record ChangeBots(BotAction action, List<String> bots, String group) implements Command<Map<String, BotState>> {

    public ChangeBots(BotAction action, List<String> bots) {
        this(action, bots, null);
    }

    @Override
    public Role needs() {
        return Role.OPERATOR;
    }

    @Override
    public String summary() {
        return action.word() + (!bots.isEmpty() ? " " + String.join(" ", bots) : group == null ? "" : " --group " + group);
    }

    /** While the file is broken, bots stop and start with what could last be read of it; there is nothing to be reloaded. */
    @Override
    public Map<String, BotState> perform(Site site) {
        if (action == BotAction.RELOAD) {
            site.readableConfiguration();
        }
        List<String> chosen = ChosenBots.of(site, bots, group, action == BotAction.START || action == BotAction.RESTART);
        BotControl control = site.control();
        return switch (action) {
            case START -> control.start(chosen);
            case STOP -> control.stop(chosen);
            case RELOAD -> control.reload(chosen);
            case RESTART -> {
                control.stop(chosen);
                yield control.start(chosen);
            }
        };
    }
}
