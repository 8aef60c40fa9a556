package org.intelmq.administration.live;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.administration.Caller;
import org.intelmq.administration.Refusal;
import org.intelmq.message.Json;

/**
 * Tells what changes as server-sent events: found out once a second for all readers together, and not at all while there are none.
 * Thread-safe.
 */
public final class Live implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Live.class.getName());
    private static final int MOST_READERS = 256;
    private static final int SECONDS_OF_SILENCE = 10;
    private static final int REMEMBERED = 500;

    private final Function<LiveTopic, Source> sources;
    private final ScheduledExecutorService scheduler;
    private final Clock clock;
    private final Map<LiveTopic, Source> open = new HashMap<>();
    private final Map<Reader, Listening> readers = new LinkedHashMap<>();
    private final Deque<Told> told = new ArrayDeque<>();
    private long lastId;
    private ScheduledFuture<?> ticking;
    private final Set<LiveTopic> failing = new HashSet<>();
    private boolean closed;

    private static final class Listening {

        private final Set<LiveTopic> topics;
        private int secondsOfSilence;

        private Listening(List<LiveTopic> topics) {
            this.topics = new HashSet<>(topics);
        }
    }

    private record Told(long id, LiveTopic topic, byte[] frame) { }

    /**
     * @param sources   of status, logs and taps: opened for the first who wants one, closed after the last
     * @param scheduler stays the caller's
     */
    Live(Function<LiveTopic, Source> sources, ScheduledExecutorService scheduler, Clock clock) {
        this.sources = sources;
        this.scheduler = scheduler;
        this.clock = clock;
        // ids grow over restarts too, so that an old one is never taken for one to come
        this.lastId = clock.millis() * 1000;
    }

    /**
     * Tells a reader from now on.
     *
     * @param after the id of what the reader was told last, in this stream or one before; 0 for nothing
     * @throws Refusal if there are too many
     */
    synchronized void listen(Reader reader, List<LiveTopic> topics, long after) {
        if (closed || readers.size() >= MOST_READERS) {
            throw new Refusal(Refusal.Kind.UNAVAILABLE, "too-many-readers", "the server already has " + readers.size() + " live streams open,"
                    + " the most it allows", "Close streams that nobody watches and try again.");
        }
        topics.forEach(topic -> {
            if (open.get(topic) == null) {
                open.put(topic, source(topic));
                // for others who listen to it, this has been done within the last second
                if (open.get(topic) instanceof StatusSource) {
                    catchUp(topic, open.get(topic));
                }
            }
        });
        readers.put(reader, new Listening(topics));
        if (ticking == null) {
            ticking = scheduler.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
        }
        told.stream().filter(each -> after > 0 && each.id() > after && topics.contains(each.topic())).forEach(each -> tell(reader, each.frame()));
        tell(reader, heartbeat());
        topics.forEach(topic -> {
            if (open.get(topic) instanceof StatusSource status) {
                tell(reader, frame(topic, status.whole()));
            }
        });
    }

    private Source source(LiveTopic topic) {
        Source source = sources.apply(topic);
        return source == null ? List::of : source;
    }

    /** Receives nothing more. */
    public synchronized void leave(Reader reader) {
        if (readers.remove(reader) == null) {
            return;
        }
        Set<LiveTopic> wanted = new HashSet<>();
        readers.values().forEach(listening -> wanted.addAll(listening.topics));
        open.entrySet().removeIf(source -> {
            if (wanted.contains(source.getKey())) {
                return false;
            }
            source.getValue().close();
            failing.remove(source.getKey());
            return true;
        });
        if (readers.isEmpty() && ticking != null) {
            ticking.cancel(false);
            ticking = null;
        }
    }

    /** How many readers there are. */
    public synchronized int readers() {
        return readers.size();
    }

    /** Tells that somebody has changed something, and remembers it for those whose connection was lost. */
    public void changed(Caller caller, String what) {
        Map<String, Object> news = new LinkedHashMap<>();
        news.put("time", clock.instant().toString());
        news.put("who", caller.name());
        news.put("what", what);
        publish(new LiveTopic(LiveTopic.Kind.CHANGE, null, null, null), news);
    }

    /**
     * Tells how far a job is.
     *
     * @param news name to value
     */
    public void job(Map<String, Object> news) {
        publish(new LiveTopic(LiveTopic.Kind.JOB, null, null, null), news);
    }

    private synchronized void publish(LiveTopic topic, Map<String, Object> news) {
        byte[] frame = frame(topic, news);
        told.addLast(new Told(lastId, topic, frame));
        if (told.size() > REMEMBERED) {
            told.removeFirst();
        }
        tellAll(topic, frame);
    }

    synchronized void tick() {
        List.copyOf(open.entrySet()).forEach(source -> {
            try {
                catchUp(source.getKey(), source.getValue());
                failing.remove(source.getKey());
            } catch (RuntimeException e) {
                // the other topics go on, and the next second may be a better one for this
                LOG.log(failing.add(source.getKey()) ? Level.WARNING : Level.FINE, e,
                        () -> "Readers of " + source.getKey().event() + " get no changes until these can be determined again.");
            }
        });
        List.copyOf(readers.entrySet()).forEach(entry -> {
            if (++entry.getValue().secondsOfSilence >= SECONDS_OF_SILENCE) {
                entry.getValue().secondsOfSilence = 0;
                tell(entry.getKey(), heartbeat());
            }
        });
    }

    private void catchUp(LiveTopic topic, Source source) {
        source.news().forEach(news -> tellAll(topic, frame(topic, news)));
    }

    private byte[] frame(LiveTopic topic, Map<String, Object> news) {
        lastId++;
        return frame(topic.event(), Json.write(news));
    }

    /**
     * An event rather than a comment, because browsers do not pass comments on to their pages. Its id is that of what was told last, so that
     * whoever has heard nothing else can say from where to go on, too.
     */
    private byte[] heartbeat() {
        return frame("heartbeat", "{}");
    }

    private byte[] frame(String event, String data) {
        return ("id: " + lastId + "\nevent: " + event + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private void tellAll(LiveTopic topic, byte[] frame) {
        List<Reader> wanting = new ArrayList<>();
        readers.forEach((reader, listening) -> {
            if (listening.topics.contains(topic)) {
                listening.secondsOfSilence = 0;
                wanting.add(reader);
            }
        });
        wanting.forEach(reader -> tell(reader, frame));
    }

    private void tell(Reader reader, byte[] frame) {
        if (readers.containsKey(reader) && !reader.offer(frame)) {
            leave(reader);
            reader.end();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        List.copyOf(readers.keySet()).forEach(reader -> {
            leave(reader);
            reader.end();
        });
    }
}
