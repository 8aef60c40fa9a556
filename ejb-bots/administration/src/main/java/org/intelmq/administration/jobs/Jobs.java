package org.intelmq.administration.jobs;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Long work under way, and the last that is over. Thread-safe. */
public final class Jobs {

    private static final Logger LOG = Logger.getLogger(Jobs.class.getName());
    private static final int REMEMBERED = 100;
    private static final long BETWEEN_NEWS_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Executor executor;
    private final Clock clock;
    private final Consumer<JobView> news;
    private final Map<String, Job> jobs = new LinkedHashMap<>();

    /**
     * @param executor stays the caller's
     * @param news     told of each job when it begins, twice a second, and when it is over
     */
    public Jobs(Executor executor, Clock clock, Consumer<JobView> news) {
        this.executor = executor;
        this.clock = clock;
        this.news = news;
    }

    /** Work that tells how far it is, and ends early if it is not wanted any more. */
    @FunctionalInterface
    public interface Work {

        /** @return what was left undone, for people; {@code null} for nothing */
        String run(Job job) throws Exception;
    }

    /** Work whose answer somebody waits for. */
    @FunctionalInterface
    public interface Task<A> {

        /** @throws Exception if it has failed, or was called off */
        A run(Job job) throws Exception;
    }

    /** One of them. Thread-safe. */
    public final class Job {

        private JobView now;
        private boolean cancelled;
        private long toldNanos = System.nanoTime();

        private Job(String what, String who, long total) {
            this.now = new JobView(UUID.randomUUID().toString(), what, who, clock.instant(), null, 0, total, "waiting", null);
        }

        public synchronized JobView now() {
            return now;
        }

        /** Whether it is still wanted. */
        public synchronized boolean goesOn() {
            return !cancelled;
        }

        /** So much of the total is done. */
        public void done(long count) {
            change(count, "running", null, null);
        }

        private void change(long done, String state, Instant ended, String error) {
            JobView changed;
            synchronized (this) {
                boolean isNews = ended != null || !state.equals(now.state()) || System.nanoTime() - toldNanos > BETWEEN_NEWS_NANOS;
                now = new JobView(now.id(), now.what(), now.who(), now.started(), ended, done, now.total(), state, error);
                if (!isNews) {
                    return;
                }
                toldNanos = System.nanoTime();
                changed = now;
            }
            news.accept(changed);
        }

        private void run(Work work) {
            if (!goesOn()) {
                change(0, "cancelled", clock.instant(), null);
                return;
            }
            done(0);
            try {
                String left = work.run(this);
                change(now().done(), goesOn() ? "done" : "cancelled", clock.instant(), left);
            } catch (Exception e) {
                LOG.log(Level.WARNING, e, () -> "'" + now().what() + "', asked for by " + now().who() + ", has failed");
                failed(e);
            }
        }

        private <A> A answer(Task<A> task) throws Exception {
            done(0);
            try {
                A answer = task.run(this);
                change(now().done(), "done", clock.instant(), null);
                return answer;
            } catch (Exception e) {
                failed(e);
                throw e;
            }
        }

        private void failed(Exception e) {
            change(now().done(), goesOn() ? "failed" : "cancelled", clock.instant(), e.getMessage() == null ? e.toString() : e.getMessage());
        }

        private synchronized void cancel() {
            cancelled = true;
        }
    }

    /** Begins as soon as there is a thread. */
    public JobView start(String what, String who, long total, Work work) {
        Job job = known(what, who, total);
        executor.execute(() -> job.run(work));
        return job.now();
    }

    /** Does it at once, in the caller's thread; how far it is can be seen meanwhile, and it can be called off. */
    public <A> A carryOut(String what, String who, long total, Task<A> task) throws Exception {
        return known(what, who, total).answer(task);
    }

    private Job known(String what, String who, long total) {
        Job job = new Job(what, who, total);
        synchronized (jobs) {
            jobs.values().removeIf(old -> jobs.size() >= REMEMBERED && old.now().ended() != null);
            jobs.put(job.now().id(), job);
        }
        news.accept(job.now());
        return job;
    }

    /** Newest first. */
    public List<JobView> all() {
        synchronized (jobs) {
            List<JobView> all = new ArrayList<>();
            jobs.values().forEach(job -> all.add(0, job.now()));
            return all;
        }
    }

    /** {@code null} if there is none. */
    public JobView job(String id) {
        synchronized (jobs) {
            Job job = jobs.get(id);
            return job == null ? null : job.now();
        }
    }

    /** Ends it as soon as it can be without harm; what is done stays done. {@code null} if there is none. */
    public JobView cancel(String id) {
        synchronized (jobs) {
            Job job = jobs.get(id);
            if (job == null) {
                return null;
            }
            job.cancel();
            return job.now();
        }
    }

    /** Before the server stops. */
    public void close() {
        synchronized (jobs) {
            jobs.values().forEach(Job::cancel);
        }
    }
}
