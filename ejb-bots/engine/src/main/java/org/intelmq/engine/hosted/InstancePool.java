package org.intelmq.engine.hosted;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.intelmq.bot.Seams;

/** The instances of a running bot that wait for work. Thread-safe. */
public final class InstancePool {

    private final int size;
    private final Logger log;
    private final BlockingQueue<BotInstance> idle;
    private volatile Optional<Seams> seams = Optional.empty();
    private volatile int made;
    private volatile boolean closed;
    private int ended;

    /** @param log the bot's log */
    InstancePool(int size, Logger log) {
        this.size = size;
        this.log = log;
        this.idle = new ArrayBlockingQueue<>(size);
    }

    /** The number of instances once the pool is filled. */
    public int size() {
        return size;
    }

    /** Makes the instances available. */
    public void fill(List<BotInstance> instances) {
        seams = instances.get(0).seams();
        made = instances.size();
        idle.addAll(instances);
    }

    /** Where the bot's reports may be cut; empty if it needs whole reports, or has not been created yet. */
    public Optional<Seams> seams() {
        return seams;
    }

    /** Waits until an instance is idle. */
    public BotInstance acquire() throws InterruptedException {
        return idle.take();
    }

    /** Returns {@code null} if all are busy. */
    public BotInstance acquireIfIdle() {
        return idle.poll();
    }

    public void release(BotInstance instance) {
        idle.add(instance);
        if (closed) {
            closeIdle();
        }
    }

    /** Closes all instances, and waits for those that are working. One that does not return in time is closed when it does. */
    void close(Duration patience) throws InterruptedException {
        for (int i = 0; i < made; i++) {
            BotInstance instance = idle.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (instance == null) {
                log.warning("An instance of the bot is still working on its last delivery; until that is finished, it keeps its connections and "
                        + "files open.");
            } else {
                instance.close();
            }
        }
        closed = true;
        closeIdle();
    }

    /** Closes those that do not work; returns whether all are closed. */
    synchronized boolean closeIdle() {
        for (BotInstance instance = idle.poll(); instance != null; instance = idle.poll()) {
            instance.close();
            ended++;
        }
        return ended >= made;
    }
}
