package org.intelmq.engine.operate;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import org.intelmq.engine.hosted.BotInstance;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.engine.stream.Stream;
import org.intelmq.engine.stream.StreamOwner;

/** The running streams: collectors to which sources push data, while other collectors poll at each tick. Thread-safe. */
public final class BotStreams {

    private final ThreadFactory threads;
    private final Map<RunningBot, Stream> streams = new ConcurrentHashMap<>();
    private volatile Function<RunningBot, StreamOwner> owners;

    /** @param threads {@code null} if streams are not run */
    public BotStreams(ThreadFactory threads) {
        this.threads = threads;
    }

    /** Called before the first is started: the owners, who take what streams receive. */
    public void ownedBy(Function<RunningBot, StreamOwner> ownersOfBots) {
        owners = ownersOfBots;
    }

    /** Does nothing if it is already started. */
    void start(RunningBot bot) {
        if (threads != null) {
            streams.computeIfAbsent(bot, this::open);
        }
    }

    boolean runs(RunningBot bot) {
        return streams.containsKey(bot);
    }

    private Stream open(RunningBot bot) {
        BotInstance instance = bot.instances().acquireIfIdle();
        Stream stream = new Stream(instance.stream(), owners.apply(bot));
        stream.start(threads);
        bot.instances().release(instance);
        return stream;
    }

    /** Returns when its run has ended, or when the time is up. */
    void stop(RunningBot bot, Duration patience) {
        Stream stream = streams.remove(bot);
        if (stream == null) {
            return;
        }
        try {
            if (!stream.stop(patience)) {
                bot.log().logger().warning("The bot did not stop within " + patience.toSeconds() + " s; it is abandoned, and what it still sends "
                        + "is ignored.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Called before the server stops: all streams stop taking messages at the same time. */
    public void refuse() {
        streams.values().forEach(Stream::refuse);
    }
}
