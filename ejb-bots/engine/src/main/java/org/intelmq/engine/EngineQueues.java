package org.intelmq.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.intelmq.control.QueueControl;
import org.intelmq.control.Watcher;
import org.intelmq.engine.observe.DumpEntry;
import org.intelmq.engine.observe.DumpFile;
import org.intelmq.engine.observe.Taps;
import org.intelmq.engine.wire.Wire;
import org.intelmq.jms.Backlog;
import org.intelmq.jms.Delivery;
import org.intelmq.jms.Parcel;
import org.intelmq.message.InvalidArgument;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.pipeline.TickQueues;

/** The queues of an {@link Engine}'s broker, and what flows through its bots. Thread-safe. */
public final class EngineQueues implements QueueControl {

    /** Messages per transaction. */
    private static final int TOGETHER = 200;
    private static final long MOST_CHARACTERS = 16L << 20;

    private final Engine engine;

    public EngineQueues(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Map<String, State> states() {
        Map<String, State> states = new TreeMap<>();
        Queues.lengths(engine.broker(), engine.lastReadable()).keySet().forEach(queue -> states.put(queue, read(queue)));
        return states;
    }

    @Override
    public State state(String queue) {
        return TickQueues.isOne(queue, engine.lastReadable()) || !engine.broker().queues().contains(queue) ? null : read(queue);
    }

    private State read(String queue) {
        Backlog backlog = engine.broker().backlog(queue);
        return new State(backlog.events(), backlog.bytes(), backlog.oldest(), Queues.isOfTheBroker(queue));
    }

    @Override
    public List<Waiting> look(String queue, long from, int limit) {
        Look look = new Look(queue, from, limit);
        engine.broker().browse(ofEvents(queue), look::see);
        return look.found;
    }

    /** Skips earlier messages without reading them. */
    private final class Look {

        private final String queue;
        private final long from;
        private final int limit;
        private final List<Waiting> found = new ArrayList<>();
        private long position;
        private long characters;

        private Look(String queue, long from, int limit) {
            this.queue = queue;
            this.from = from;
            this.limit = limit;
        }

        boolean see(Parcel parcel) {
            if (position + parcel.count() <= from) {
                position += parcel.count();
                return true;
            }
            texts(parcel, queue).forEach(text -> {
                if (position >= from && found.size() < limit && (characters < MOST_CHARACTERS || found.isEmpty())) {
                    found.add(new Waiting(position, text));
                    characters += text.length();
                }
                position++;
            });
            return found.size() < limit && characters < MOST_CHARACTERS;
        }
    }

    private List<String> texts(Parcel parcel, String queue) {
        Wire.Content content = Wire.read(parcel, engine.harmonization(), queue);
        List<String> texts = new ArrayList<>();
        content.messages().forEach(message -> texts.add(MessageJson.serialize(message)));
        content.broken().forEach(broken -> texts.add(new String(broken.content(), StandardCharsets.UTF_8)));
        return texts;
    }

    @Override
    public long move(String queue, String to) {
        ofEvents(to);
        return inParts(ofEvents(queue), deliveries -> deliveries.forEach(delivery -> {
            Parcel parcel = delivery.parcel();
            Parcel anew = new Parcel(parcel.kind(), parcel.count(), parcel.body(), parcel.id(), 0, 0);
            if (parcel.kind() == Parcel.Kind.LARGE_REPORT) {
                delivery.sender().send(to, anew, delivery.data());
            } else {
                delivery.sender().send(to, anew);
            }
        }));
    }

    @Override
    public long hasten(String queue) {
        return engine.broker().hasten(ofEvents(queue));
    }

    @Override
    public long takeOut(String queue, String dump, String reason) {
        DumpFile file = new DumpFile(engine.installation().log().resolve(dump + ".dump"), engine.clock());
        engine.broker().hasten(ofEvents(queue));
        return inParts(queue, deliveries -> {
            List<DumpEntry> entries = new ArrayList<>();
            deliveries.forEach(delivery -> addEntries(delivery, queue, dump, reason, entries));
            file.addAll(entries);
        });
    }

    private void addEntries(Delivery delivery, String queue, String dump, String reason, List<DumpEntry> entries) {
        if (delivery.parcel().kind() == Parcel.Kind.LARGE_REPORT) {
            throw new IllegalStateException("queue '" + queue + "' holds a report that is too large for memory, which no dump can keep: move it to "
                    + "another queue, or let its bot process it");
        }
        Wire.Content content = Wire.read(delivery.parcel(), engine.harmonization(), delivery.messageId());
        for (Message message : content.messages()) {
            entries.add(DumpEntry.of(dump, queue, reason, message));
        }
        content.broken().forEach(broken -> entries.add(DumpEntry.ofText(dump, queue, reason, broken.content())));
    }

    @FunctionalInterface
    private interface Part {
        void take(List<Delivery> deliveries);
    }

    /** Handles at most as many messages as wait at the beginning, because those taken out may come in again. */
    private long inParts(String queue, Part part) {
        long left = engine.broker().length(queue);
        long done = 0;
        while (done < left) {
            long[] events = {0};
            int taken = engine.broker().receive(queue, TOGETHER, deliveries -> {
                part.take(deliveries);
                deliveries.forEach(delivery -> events[0] += delivery.parcel().count());
            });
            if (taken == 0) {
                return done;
            }
            done += events[0];
        }
        return done;
    }

    @Override
    public Runnable tap(String bot, Watcher watcher) {
        Taps taps = engine.taps(bot);
        taps.add(watcher);
        return () -> taps.remove(watcher);
    }

    private String ofEvents(String queue) {
        if (TickQueues.isOne(queue, engine.lastReadable())) {
            throw new InvalidArgument("queue '" + queue + "' is used by the server itself: it tells a collector when to poll, and holds no events");
        }
        return queue;
    }
}
