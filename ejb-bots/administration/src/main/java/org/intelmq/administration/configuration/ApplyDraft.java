package org.intelmq.administration.configuration;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.access.Role;
import org.intelmq.administration.Command;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.control.BotState;
import org.intelmq.pipeline.Problem;

/**
 * Puts the caller's draft in force: all of it or nothing. The file is written, the bots that it concerns are started, reloaded or
 * stopped, and if one refuses, or it is called off, file and bots are as before. How far it is can be seen as a job.
 *
 * @param text         in place of all that is in force; {@code null} for the caller's draft
 * @param reason       for the history
 * @param version      of the draft that was planned; {@code null} if it does not matter
 * @param queues       what becomes of the queues of removed bots: {@code drain}, {@code discard}, or {@code {"move": queue}}
 * @param resolve      place to {@code mine} or {@code theirs}
 * @param drainSeconds how long a queue may take to empty, up to 240; {@code null} for 60
 */
public record ApplyDraft(String text, String reason, String version, Map<String, Object> queues, Map<String, String> resolve, Integer drainSeconds)
        implements Command<ApplyDraft.Done> {

    private static final int LONGEST_DRAIN = 240;

    /**
     * @param revision in the history; {@code null} if there was nothing to change
     * @param bots     that were started, reloaded or stopped, with the state they are in
     * @param job      under which others could see how far it was; {@code null} if there was nothing to change
     */
    public record Done(Long revision, Map<String, BotState> bots, String job) { }

    public ApplyDraft {
        queues = queues == null ? Map.of() : queues;
        resolve = resolve == null ? Map.of() : resolve;
        drainSeconds = drainSeconds == null ? Planning.DRAIN_SECONDS : drainSeconds;
    }

    @Override
    public Role needs() {
        return Role.EDITOR;
    }

    @Override
    public String summary() {
        return "apply" + (reason == null || reason.isBlank() ? "" : " --reason \"" + reason.strip() + '"');
    }

    @Override
    public Done perform(Site site) throws Exception {
        requireShortDrain();
        return site.store().alone(() -> apply(site));
    }

    private void requireShortDrain() {
        if (drainSeconds < 0 || drainSeconds > LONGEST_DRAIN) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid-drain", "drain_seconds cannot be " + drainSeconds + ": expected 0 to " + LONGEST_DRAIN,
                    "Stop the bots that send to it, wait until its queue is empty, then remove it.");
        }
    }

    /**
     * The same, if the version that it was made from is still in force.
     *
     * @param base version of a configuration, for a text given whole; of the draft otherwise
     */
    public record Onto(String base, ApplyDraft change) implements Command<Done> {

        @Override
        public Role needs() {
            return change.needs();
        }

        @Override
        public String summary() {
            return change.summary();
        }

        @Override
        public Done perform(Site site) throws Exception {
            if (change.text() == null) {
                return new ApplyDraft(null, change.reason(), base, change.queues(), change.resolve(), change.drainSeconds()).perform(site);
            }
            change.requireShortDrain();
            return site.store().alone(() -> {
                RuntimeText now = site.store().current();
                if (!base.equals(now.version())) {
                    throw new Refusal(Refusal.Kind.CONFLICT, "changed-meanwhile", "runtime.yaml has been changed by somebody else",
                            "Fetch the configuration again and repeat your change.", List.of(), site.store().changesSince(base, now));
                }
                return change.apply(site);
            });
        }
    }

    private Done apply(Site site) throws Exception {
        Proposal proposal = Proposal.of(site, text);
        if (version != null && !version.equals(proposal.version())) {
            throw new Refusal(Refusal.Kind.CONFLICT, "changed-meanwhile", "the draft was changed after its plan was made", "Look at the plan again.");
        }
        Merge merge = proposal.merge(resolve);
        if (!merge.conflicts().isEmpty()) {
            throw proposal.conflict(site, merge);
        }
        RuntimeText result = proposal.result(merge);
        requireUsable(site, proposal.theirs(), result);
        Planning planning = proposal.planning(site, result);
        Planning.Steps steps = planning.steps();
        Map<String, Leftover> leftovers = Leftover.all(steps.removes(), queues, planning);
        if (result.equals(proposal.theirs())) {
            dropDraft(site);
            return new Done(null, Map.of(), null);
        }
        Applying applying = new Applying(site, proposal.theirs(), result, planning, leftovers, drainSeconds, reason(proposal));
        return site.jobs().carryOut(summary(), site.caller().name(), applying.steps(), job -> {
            Applying.Applied applied = applying.run(job);
            dropDraft(site);
            return new Done(applied.revision().revision(), applied.states(), job.now().id());
        });
    }

    private String reason(Proposal proposal) {
        return reason != null && !reason.isBlank() ? reason.strip() : proposal.reason();
    }

    private void dropDraft(Site site) throws IOException {
        if (text == null) {
            site.store().drafts().delete(site.caller().name());
        }
    }

    /** What was wrong before and has not been touched need not be right now. */
    private static void requireUsable(Site site, RuntimeText old, RuntimeText fresh) {
        fresh.sections();
        List<Problem> refused = site.store().problemsNow(fresh).stream().filter(Problem::isRefused).toList();
        Set<Problem> known = refused.isEmpty() ? Set.of() : new HashSet<>(site.store().problemsNow(old));
        List<Problem> more = refused.stream().filter(problem -> !known.contains(problem)).toList();
        if (!more.isEmpty()) {
            throw new Refusal(Refusal.Kind.UNACCEPTABLE, "refused-configuration", "the server would refuse this when it starts: " + more.get(0).text()
                    + (more.size() > 1 ? ", and " + (more.size() - 1) + " more" : ""), "Fix the problems, then apply.", more);
        }
    }
}
