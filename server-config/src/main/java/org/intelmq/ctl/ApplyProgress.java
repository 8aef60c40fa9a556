package org.intelmq.ctl;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Reports the progress of a configuration change while it is open, apart from the output; nothing for a change that takes less than a second. */
final class ApplyProgress implements AutoCloseable {

    private final Output output;
    private final RestClient server;
    private final ScheduledExecutorService clock;
    private String told = "";

    private ApplyProgress(Output output, RestClient server, ScheduledExecutorService clock) {
        this.output = output;
        this.server = server;
        this.clock = clock;
    }

    /** @param interval between two polls */
    static ApplyProgress follow(Output output, RestClient server, Duration interval) {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
        ApplyProgress progress = new ApplyProgress(output, server, clock);
        clock.scheduleWithFixedDelay(progress::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        return progress;
    }

    private void look() {
        try {
            ((List<?>) server.get("jobs")).stream().map(job -> (Map<?, ?>) job).filter(ApplyProgress::isOurs).findFirst().ifPresent(job -> {
                String line = "Step " + job.get("done") + " of " + job.get("total") + ".";
                if (!line.equals(told)) {
                    output.hint(line);
                    told = line;
                }
            });
        } catch (RestClient.Refused | NoServerException e) {
            // the change itself says what is wrong
            clock.shutdown();
        }
    }

    /** The server makes one change of the configuration at a time. */
    private static boolean isOurs(Map<?, ?> job) {
        return "running".equals(job.get("state")) && String.valueOf(job.get("what")).startsWith("apply");
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
