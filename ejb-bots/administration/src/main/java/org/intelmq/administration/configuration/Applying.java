package org.intelmq.administration.configuration;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.administration.history.Revision;
import org.intelmq.administration.jobs.Jobs;
import org.intelmq.control.BotControl;
import org.intelmq.control.BotState;
import org.intelmq.control.BotStatistics;
import org.intelmq.engine.check.ConfigurationCheck;
import org.intelmq.pipeline.PipelineCheck;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.intelmq.pipeline.Severity;

/**
 * Writes the file and acts on the bots one by one: what frees a queue first, then against the flow, and at last the bots that are
 * removed, with the flow, once nobody sends to them any more. For one use, by a caller who has locked the configuration.
 */
final class Applying {

    private static final Logger LOG = Logger.getLogger(Applying.class.getName());

    private final Site site;
    private final BotControl control;
    private final RuntimeText old;
    private final RuntimeText fresh;
    private final Planning planning;
    private final Map<String, Leftover> leftovers;
    private final int drainSeconds;
    private final String reason;
    private final Set<String> touched = new HashSet<>();
    private Jobs.Job job;
    private int done;
    /** {@code null} until it is recorded. */
    private Revision revision;

    /** @param reason for the history */
    Applying(Site site, RuntimeText old, RuntimeText fresh, Planning planning, Map<String, Leftover> leftovers, int drainSeconds, String reason) {
        this.site = site;
        // others follow the shared configuration
        this.control = site.store().isShared() ? site.control().here() : site.control();
        this.old = old;
        this.fresh = fresh;
        this.planning = planning;
        this.leftovers = leftovers;
        this.drainSeconds = drainSeconds;
        this.reason = reason;
    }

    /** How much there is to do: each start and each stop of a bot, and what becomes of each queue that is left. */
    int steps() {
        Planning.Steps steps = planning.steps();
        return steps.stops().size() + steps.removes().size() + 2 * steps.restarts().size() + steps.starts().size() + steps.reloads().size() + leftovers.size();
    }

    /** @param states of the bots that were acted on */
    record Applied(Revision revision, Map<String, BotState> states) { }

    /**
     * Puts it in force, and records it.
     *
     * @param progress told of each step; asked before each whether to continue, as long as all can be undone
     * @throws Refusal if a bot refuses, or it is called off; all is as before then
     */
    Applied run(Jobs.Job progress) throws IOException {
        job = progress;
        site.store().replace(old, fresh);
        try {
            beforeRemovals();
            if (site.store().isShared()) {
                // the others must not send any more to what is removed
                record();
            }
            removals();
        } catch (Refusal | IllegalStateException refused) {
            throw undone(refused);
        } catch (RuntimeException e) {
            undo(e.toString());
            throw e;
        }
        if (revision == null) {
            record();
        }
        return new Applied(revision, states());
    }

    private void record() throws IOException {
        revision = site.store().record(site.caller(), reason, fresh, Agreement.Effect.BOTS);
    }

    private void beforeRemovals() {
        Planning.Steps steps = planning.steps();
        List<String> first = new ArrayList<>(steps.stops());
        steps.removes().stream().map(Plan.Removal::bot).filter(bot -> !leftovers.containsKey(bot)).forEach(first::add);
        first.addAll(steps.restarts());
        PipelineCheck before = ConfigurationCheck.connections(planning.before(), site.catalogue());
        withTheFlow(before, first).forEach(this::stop);
        List<String> changed = new ArrayList<>(steps.starts());
        changed.addAll(steps.restarts());
        changed.addAll(steps.reloads());
        for (String bot : ConfigurationCheck.connections(planning.after(), site.catalogue()).startOrder(changed)) {
            requireWanted();
            touched.add(bot);
            requireRunning(bot, steps.reloads().contains(bot) ? control.reload(List.of(bot)) : control.start(List.of(bot)));
            stepDone();
        }
    }

    private void removals() {
        PipelineCheck before = ConfigurationCheck.connections(planning.before(), site.catalogue());
        List<String> last = withTheFlow(before, List.copyOf(leftovers.keySet()));
        last.forEach(this::drain);
        last.forEach(this::move);
        last.forEach(bot -> {
            discard(bot);
            stepDone();
        });
    }

    private static List<String> withTheFlow(PipelineCheck configuration, List<String> bots) {
        List<String> order = new ArrayList<>(configuration.startOrder(bots));
        Collections.reverse(order);
        return order;
    }

    private void stop(String bot) {
        requireWanted();
        if (planning.running().contains(bot)) {
            touched.add(bot);
            control.stop(List.of(bot));
        }
        stepDone();
    }

    private void stepDone() {
        done++;
        job.done(done);
    }

    private void requireWanted() {
        if (!job.goesOn()) {
            throw new Refusal(Refusal.Kind.CONFLICT, "cancelled", "the change was cancelled after " + done + " of " + steps() + " steps",
                    "Everything is as before. You can apply it again at any time.");
        }
    }

    private void requireRunning(String bot, Map<String, BotState> states) {
        // one that has done its work, such as a scheduled collector, may have stopped by then
        if (states.get(bot) != BotState.RUNNING && control.missing().contains(bot)) {
            BotStatistics statistics = control.statistics(bot);
            String why = statistics == null || statistics.lastError() == null ? "see its log" : statistics.lastError();
            throw new Refusal(Refusal.Kind.UNACCEPTABLE, "bot-refused", "bot '" + bot + "' does not start with this: " + why,
                    "Nothing has changed. Fix the draft and apply again.",
                    List.of(Problem.of(bot, Severity.REFUSED, why)));
        }
    }

    private void drain(String bot) {
        Leftover leftover = leftovers.get(bot);
        if (leftover.choice().equals(Planning.DRAIN) && !await(() -> left(leftover) == 0)) {
            throw new Refusal(Refusal.Kind.CONFLICT, "not-drained", "queue " + leftover.queue() + " still holds " + left(leftover) + " events after "
                    + drainSeconds + " seconds", "Nothing has changed. Give it more time with 'drain_seconds', or move the events to another queue.");
        }
        stop(bot);
    }

    private long left(Leftover leftover) {
        return control.queues().getOrDefault(leftover.queue(), 0L);
    }

    private boolean await(BooleanSupplier condition) {
        try {
            return Waiting.until(() -> {
                boolean isTrue = condition.getAsBoolean();
                if (!isTrue) {
                    requireWanted();
                }
                return isTrue;
            }, Duration.ofSeconds(drainSeconds));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the server is being stopped", e);
        }
    }

    private void move(String bot) {
        Leftover leftover = leftovers.get(bot);
        if (leftover.choice().equals(Planning.MOVE) && left(leftover) > 0) {
            site.store().leftovers().move(leftover.queue(), leftover.moveTo());
        }
    }

    private void discard(String bot) {
        Leftover leftover = leftovers.get(bot);
        if (leftover.choice().equals(Planning.DISCARD) && left(leftover) > 0) {
            site.store().leftovers().discard(leftover.queue());
        }
    }

    private RuntimeException undone(RuntimeException refused) throws IOException {
        List<String> lost = undo(refused.getMessage());
        if (lost.isEmpty()) {
            return refused;
        }
        return new Refusal(Refusal.Kind.UNAVAILABLE, "not-undone", refused.getMessage()
                + "; nothing has changed, but these bots did not start again: " + String.join(", ", lost), "Check their logs and start them.");
    }

    /** Bots that ran before and do not any more. */
    private List<String> undo(String why) throws IOException {
        site.store().replace(fresh, old);
        if (revision != null) {
            tellUndone(why);
        }
        RuntimeConfiguration before = planning.before();
        List<String> ran = touched.stream().filter(planning.running()::contains).toList();
        touched.forEach(bot -> control.stop(List.of(bot)));
        List<String> lost = new ArrayList<>();
        for (String bot : ConfigurationCheck.connections(before, site.catalogue()).startOrder(ran)) {
            if (control.start(List.of(bot)).get(bot) != BotState.RUNNING && control.missing().contains(bot)) {
                lost.add(bot);
            }
        }
        if (!lost.isEmpty()) {
            LOG.log(Level.SEVERE, () -> "a change of the configuration was undone, but these bots did not start again: " + lost);
        }
        return lost;
    }

    private void tellUndone(String why) throws IOException {
        try {
            site.store().record(site.caller(), "undone, as " + why, old, Agreement.Effect.BOTS);
        } catch (Refusal unknownToOthers) {
            LOG.log(Level.SEVERE, unknownToOthers, () -> "a change of the configuration was undone here, but the other servers do not know: "
                    + "they are told as soon as they can be");
        }
    }

    private Map<String, BotState> states() {
        Map<String, BotState> states = new LinkedHashMap<>();
        touched.stream().sorted().forEach(bot -> states.put(bot, control.status(List.of(bot)).get(bot)));
        return states;
    }
}
