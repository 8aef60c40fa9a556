package org.intelmq.engine.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.intelmq.engine.settings.Node;
import org.intelmq.engine.settings.Placement;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.Severity;
import org.intelmq.yaml.ConfigurationFileException;

/** Whether the bots run on the servers that they should, as far as this can be said without asking other servers. */
public final class NodesCheck {

    private NodesCheck() { }

    /** @param placement the servers that a bot runs on; {@code null} if its parameters are wrong */
    static List<Problem> problems(Iterable<BotConfiguration> bots, Function<BotConfiguration, Placement> placement, Map<String, String> environment) {
        List<Problem> problems = new ArrayList<>();
        Node self;
        try {
            self = Node.of(environment);
        } catch (ConfigurationFileException e) {
            return List.of(new Problem(null, null, Severity.REFUSED, e.getMessage()));
        }
        for (BotConfiguration bot : bots) {
            // alone, a server runs every bot that does not name others
            Placement place = self.shares() || bot.parameters().containsKey("nodes") ? placement.apply(bot) : null;
            if (place != null && !self.shares() && !place.includes(self.name())) {
                problems.add(elsewhere(bot.id(), place, self));
            } else if (place != null && self.shares()) {
                torn(bot, place, problems);
            }
        }
        return problems;
    }

    /** The problem that no other server could run the bot. */
    public static Problem elsewhere(String bot, Placement place, Node self) {
        return Problem.ofBot(bot, Severity.REFUSED, "parameter 'nodes' cannot be \"" + String.join(", ", place.names().stream().sorted().toList())
                + "\": this server is '" + self.name() + "' (INTELMQ_NODE, or the host's name) and does not share its broker; expected its name, or "
                + "INTELMQ_BROKER for a broker of several servers");
    }

    private static void torn(BotConfiguration bot, Placement place, List<Problem> problems) {
        if (place.isTorn()) {
            problems.add(Problem.ofBot(bot.id(), Severity.WARNING, "parameter 'nodes' lets several servers run it, each with a memory or a rate "
                    + "limit of its own, so they do not know what the others have seen; expected one server, or "
                    + "a memory that they share (cache: postgresql, or redis_cache_host)"));
        }
    }
}
