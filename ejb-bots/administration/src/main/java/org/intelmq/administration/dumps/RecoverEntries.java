package org.intelmq.administration.dumps;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.intelmq.access.Role;
import org.intelmq.administration.Command;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.administration.jobs.JobView;
import org.intelmq.administration.jobs.Jobs;

/**
 * Sends entries of a dump again, as a job: those named, all of a reason, or all. What cannot be sent stays in the dump; so does what
 * is not sent yet when the job is cancelled or the server killed, and nothing is sent twice.
 *
 * @param queue {@code null} for the one that each came from
 */
public record RecoverEntries(String bot, List<String> ids, String reason, boolean all, String queue) implements Command<JobView> {

    private static final int TOLD = 5;

    @Override
    public Role needs() {
        return Role.OPERATOR;
    }

    @Override
    public String summary() {
        return "recover dump " + bot + ": " + (all ? "all" : reason == null ? (ids == null ? 0 : ids.size()) + " named" : reason)
                + (queue == null ? "" : " to " + queue);
    }

    @Override
    public JobView perform(Site site) throws IOException {
        DumpStore store = Dumps.of(site, bot);
        List<String> chosen = Dumps.chosen(store, bot, ids, reason, all);
        if (queue != null && site.configuration().bots().values().stream().noneMatch(taker -> !taker.isCollector() && queue.equals(taker.sourceQueue()))) {
            throw new Refusal(Refusal.Kind.UNKNOWN, "unknown-queue", "queue '" + queue + "' is not read by any bot",
                    "Leave it out to use the queue that each entry came from.");
        }
        return site.jobs().start(summary(), site.caller().name(), chosen.size(), job -> recover(site, store, chosen, job));
    }

    private String recover(Site site, DumpStore store, List<String> chosen, Jobs.Job job) throws IOException {
        List<String> left = new ArrayList<>();
        Recovery.Progress progress = new Recovery.Progress() {

            @Override
            public void done(int entries) {
                job.done(entries);
            }

            @Override
            public boolean goesOn() {
                return job.goesOn();
            }
        };
        Alone.change(site, bot, store, line -> {
            if (!line.startsWith("Recovered dump ") && !line.startsWith("Event converted") && left.size() < TOLD) {
                left.add(line);
            }
        }, progress, recovery -> {
            recovery.send(chosen, queue);
            return null;
        });
        return left.isEmpty() ? null : String.join(" ", left);
    }
}
