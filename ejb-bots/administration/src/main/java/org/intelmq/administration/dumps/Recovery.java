package org.intelmq.administration.dumps;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.intelmq.administration.dumps.RecoveryNote.Sending;
import org.intelmq.engine.observe.ScannedDump.Part;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.InvalidArgument;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.message.Report;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.RuntimeConfiguration;

/**
 * Sends dumped messages again, many at a time. What is sent is noted before and after, and goes from the dump in the end; so
 * whoever is stopped in between, even by {@code kill -9}, leaves nothing that the next call could lose or send twice.
 */
public final class Recovery {

    private static final int MOST_ENTRIES = 500;
    private static final int MOST_CHARACTERS = 1 << 20;

    private final RuntimeConfiguration configuration;
    private final Queue queues;
    private final DumpStore store;
    private final Consumer<String> say;
    private final Progress progress;

    /** Where messages are sent to. */
    @FunctionalInterface
    public interface Queue {

        /**
         * See {@link org.intelmq.control.BotControl#send(String, String, List)}.
         *
         * @throws InvalidArgument if asking again would be of no use
         */
        void send(String queue, String id, List<String> messages);
    }

    /** Somebody who waits for it. */
    public interface Progress {

        /** So many entries are done with, sent or left. */
        void done(int entries);

        /** Whether it is still wanted; if not, it ends before the next sending. */
        boolean goesOn();
    }

    /** Nobody waits. */
    public static final Progress UNWATCHED = new Progress() {

        @Override
        public void done(int entries) { }

        @Override
        public boolean goesOn() {
            return true;
        }
    };

    /** @param say told what becomes of each entry */
    public Recovery(RuntimeConfiguration configuration, Queue queues, DumpStore store, Consumer<String> say, Progress progress) {
        this.configuration = configuration;
        this.queues = queues;
        this.store = store;
        this.say = say;
        this.progress = progress;
    }

    /** A message under the number that the operator is told. */
    private record Numbered(int number, String key, String text) { }

    /**
     * Ends what an earlier call began and did not end. To be called before anything else is done to the dump.
     *
     * @throws IOException if the dump cannot be read or written, and whatever the sending throws: all stays as it is
     */
    public void endInterrupted() throws IOException {
        RecoveryNote note = store.note();
        RecoveryNote.Found found = note.read();
        List<String> sent = new ArrayList<>(found.sent());
        if (found.unknown() != null) {
            sent.addAll(sendAgain(found.unknown()));
        }
        if (!sent.isEmpty()) {
            store.remove(sent);
        }
        note.delete();
    }

    private List<String> sendAgain(Sending sending) throws IOException {
        Map<String, Part> parts = store.parts();
        BotConfiguration reader = reader(sending.queue());
        if (reader == null || !parts.keySet().containsAll(sending.keys())) {
            say.accept("An earlier recovery was interrupted. Whether queue '" + sending.queue() + "' has received " + sending.keys().size()
                    + " of these dumps is no longer known; they are kept: " + String.join(", ", sending.keys()));
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (String key : sending.keys()) {
            String text = text(store.entry(parts.get(key)), reader);
            if (text != null) {
                texts.add(text);
            }
        }
        try {
            queues.send(sending.queue(), sending.id(), texts);
        } catch (InvalidArgument e) {
            return List.of();
        }
        say.accept("Finished a recovery of " + texts.size() + " dumps that had been interrupted.");
        return sending.keys();
    }

    /** @param givenQueue {@code null} for the queue that each came from */
    public void send(List<String> chosen, String givenQueue) throws IOException {
        Map<String, Part> parts = store.parts();
        List<String> done = new ArrayList<>();
        try {
            List<Numbered> together = new ArrayList<>();
            String queue = null;
            long characters = 0;
            for (int i = 0; i < chosen.size() && progress.goesOn(); i++) {
                progress.done(i);
                Map<String, Object> entry = entry(i, parts.get(chosen.get(i)));
                if (entry == null) {
                    continue;
                }
                String itsQueue = givenQueue == null ? String.valueOf(entry.get("source_queue")) : givenQueue;
                BotConfiguration reader = reader(itsQueue);
                if (reader == null) {
                    done.addAll(send(queue, together));
                    together.clear();
                    say.accept("The given queue '" + itsQueue + "' is not configured. Please retry with a valid queue.");
                    return;
                }
                String text = text(entry, reader);
                if (text == null) {
                    say.accept("Dump " + i + " is not a message that bot " + reader.id()
                            + " could read, and stays: show it (s), edit it (e) or delete it (d).");
                    continue;
                }
                if (!itsQueue.equals(queue) || together.size() == MOST_ENTRIES || characters + text.length() > MOST_CHARACTERS) {
                    done.addAll(send(queue, together));
                    together.clear();
                    characters = 0;
                    queue = itsQueue;
                }
                together.add(new Numbered(i, chosen.get(i), text));
                characters += text.length();
            }
            if (progress.goesOn()) {
                done.addAll(send(queue, together));
                progress.done(chosen.size());
            }
        } finally {
            // what is noted and did not get here is ended by the next call
            if (!done.isEmpty()) {
                store.remove(done);
            }
            if (store.note().read().unknown() == null) {
                store.note().delete();
            }
        }
    }

    /** Returns {@code null}, and says why, if there is none that could be sent. */
    private Map<String, Object> entry(int number, Part part) throws IOException {
        if (part == null) {
            say.accept("Dump " + number + " no longer exists.");
            return null;
        }
        try {
            return store.entry(part);
        } catch (DumpStore.EntryTooLarge e) {
            say.accept("Dump " + number + " stays: " + e.getReason() + ". Give the program more memory (INTELMQ_HEAP), or delete it (d).");
            return null;
        }
    }

    /** Those that the server has received. */
    private List<String> send(String queue, List<Numbered> together) throws IOException {
        if (together.isEmpty()) {
            return List.of();
        }
        Sending sending = new Sending("dump-" + UUID.randomUUID(), queue, together.stream().map(Numbered::key).toList());
        store.note().begin(sending);
        try {
            queues.send(queue, sending.id(), together.stream().map(Numbered::text).toList());
        } catch (InvalidArgument e) {
            store.note().refused(sending);
            return oneByOne(queue, together, e);
        }
        store.note().done(sending);
        together.forEach(one -> say.accept("Recovered dump " + one.number() + "."));
        return sending.keys();
    }

    private List<String> oneByOne(String queue, List<Numbered> together, RuntimeException refusal) throws IOException {
        if (together.size() == 1) {
            say.accept("Dump " + together.get(0).number() + " stays: " + refusal.getMessage());
            return List.of();
        }
        List<String> done = new ArrayList<>();
        for (Numbered one : together) {
            done.addAll(send(queue, List.of(one)));
        }
        return done;
    }

    private BotConfiguration reader(String queue) {
        return configuration.bots().values().stream().filter(bot -> queue.equals(bot.sourceQueue())).findFirst().orElse(null);
    }

    /** As the reader takes it; {@code null} if it is not a message. */
    private String text(Map<String, Object> entry, BotConfiguration reader) {
        String message = content(entry);
        if (message == null || !"Parser".equals(reader.group())) {
            return message;
        }
        try {
            Message parsed = MessageJson.parse(message, Harmonization.standard(), "Report");
            if (!(parsed instanceof Event event)) {
                return message;
            }
            say.accept("Event converted to Report automatically.");
            return MessageJson.serialize(Report.from(event));
        } catch (InvalidArgument | JsonException e) {
            return null;
        }
    }

    private static String content(Map<String, Object> entry) {
        Object message = entry.get("message");
        if (!"base64".equals(entry.get("message_type"))) {
            return message instanceof String text ? text : Json.write(message);
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Base64.getDecoder().decode((String) message))).toString();
        } catch (CharacterCodingException | IllegalArgumentException e) {
            return null;
        }
    }
}
