package org.intelmq.administration.configuration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Logger;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.control.BotControl;
import org.intelmq.control.BotState;
import org.intelmq.engine.check.ConfigurationCheck;
import org.intelmq.pipeline.PipelineCheck;
import org.intelmq.pipeline.RuntimeConfiguration;

/**
 * Does to the bots of this server what a change means that another server has put in force: by the same plan, but nothing is refused or undone
 * any more. A bot that does not start says so in its log and among the problems. For one use.
 */
public final class Following {

    private static final Logger LOG = Logger.getLogger(Following.class.getName());

    private final Site site;
    private final BotControl control;
    private final Planning planning;

    /** @param before what was in this server's file; if that cannot be read, all bots count as new */
    public Following(Site site, RuntimeText before, RuntimeText after) {
        this.site = site;
        this.control = site.control().following();
        RuntimeConfiguration old = readable(before);
        Set<String> running = new HashSet<>();
        control.status(old.bots().keySet()).forEach((bot, state) -> {
            if (state == BotState.RUNNING) {
                running.add(bot);
            }
        });
        this.planning = new Planning(old, after.configuration(site.environment()), running, control.queues(), site.catalogue());
    }

    private RuntimeConfiguration readable(RuntimeText text) {
        try {
            return text.configuration(site.environment());
        } catch (Refusal unreadable) {
            return new RuntimeText("").configuration(site.environment());
        }
    }

    /** After a start with the new configuration: starts the bots that have come with it. */
    public void startNew() {
        inOrder(planning.after(), planning.steps().starts()).forEach(bot -> control.start(List.of(bot)));
    }

    /** @return the bots that were started, reloaded or stopped */
    public Set<String> act() {
        Planning.Steps steps = planning.steps();
        Set<String> drained = new HashSet<>();
        List<String> first = new ArrayList<>(steps.stops());
        first.addAll(steps.restarts());
        steps.removes().forEach(removal -> {
            if (removal.queue() != null && planning.running().contains(removal.bot())) {
                drained.add(removal.bot());
            } else {
                first.add(removal.bot());
            }
        });
        withTheFlow(first).forEach(bot -> control.stop(List.of(bot)));
        List<String> changed = new ArrayList<>(steps.starts());
        changed.addAll(steps.restarts());
        changed.addAll(steps.reloads());
        inOrder(planning.after(), changed).forEach(bot -> {
            if (steps.reloads().contains(bot)) {
                control.reload(List.of(bot));
            } else {
                control.start(List.of(bot));
            }
        });
        withTheFlow(drained).forEach(this::drain);
        Set<String> touched = new HashSet<>(first);
        touched.addAll(changed);
        touched.addAll(drained);
        return touched;
    }

    private List<String> withTheFlow(Iterable<String> bots) {
        List<String> order = new ArrayList<>();
        bots.forEach(order::add);
        order = new ArrayList<>(inOrder(planning.before(), order));
        Collections.reverse(order);
        return order;
    }

    private List<String> inOrder(RuntimeConfiguration configuration, List<String> bots) {
        PipelineCheck connections = ConfigurationCheck.connections(configuration, site.catalogue());
        return connections.startOrder(bots);
    }

    /** What this server has sent to the bot before it was told is not left behind, if that can be helped. */
    private void drain(String bot) {
        String queue = planning.before().bot(bot).sourceQueue();
        try {
            if (!Waiting.until(() -> control.queues().getOrDefault(queue, 0L) == 0, Duration.ofSeconds(Planning.DRAIN_SECONDS))) {
                LOG.warning(() -> "Bot '" + bot + "' is removed as on the other servers, although its queue " + queue
                        + " is not empty: move what is left to another queue, or clear it.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        control.stop(List.of(bot));
    }
}
