package org.intelmq.engine.operate;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.intelmq.engine.check.NodesCheck;
import org.intelmq.engine.hosted.BotFactory;
import org.intelmq.engine.hosted.BotStartException;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.engine.settings.Node;
import org.intelmq.engine.settings.Placement;
import org.intelmq.pipeline.RuntimeConfiguration;

/** The bots that should run, but not on this server, because {@code nodes} names others. Thread-safe. */
public final class Elsewhere {

    private final Node self;
    private final BotFactory factory;
    private final Set<String> bots = ConcurrentHashMap.newKeySet();

    Elsewhere(Node self, BotFactory factory) {
        this.self = self;
        this.factory = factory;
    }

    public boolean contains(String bot) {
        return bots.contains(bot);
    }

    void remove(String bot) {
        bots.remove(bot);
    }

    /**
     * Whether the bot, which has just been created, is left to other servers.
     *
     * @throws BotStartException if there are none
     */
    boolean takes(RunningBot bot) {
        if (bot.placement().includes(self.name())) {
            return false;
        }
        bot.log().logger().info("The bot is not started on this server, '" + self.name() + "': 'nodes' assigns it to "
                + String.join(", ", bot.placement().names().stream().sorted().toList()) + ".");
        bot.log().close();
        if (!self.shares()) {
            throw new BotStartException(List.of(NodesCheck.elsewhere(bot.id(), bot.placement(), self)), null);
        }
        bots.add(bot.id());
        return true;
    }

    /** Which servers run the bots, by bot id, for those whose parameters are right; empty if there is no other server. */
    public Map<String, Placement> placements(RuntimeConfiguration configuration) {
        Map<String, Placement> placements = new TreeMap<>();
        if (self.shares()) {
            configuration.bots().values().forEach(bot -> {
                Placement place = factory.placement(bot);
                if (place != null) {
                    placements.put(bot.id(), place);
                }
            });
        }
        return placements;
    }
}
