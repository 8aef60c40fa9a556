package org.intelmq.mail;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.intelmq.bot.BotContext;
import org.intelmq.files.PrivateFiles;

/**
 * Which mails the deliveries under way have sent, in a file: a mail cannot be taken back, so when its delivery is, by a failure or
 * by the end of the process, its event comes again and finds itself here. One for all instances of a bot. Thread-safe.
 */
final class SentLedger implements Closeable {

    /** What is known of a mail. */
    enum Known { NOTHING, BEGUN, SENT }

    private static final Map<Path, SentLedger> OPEN = new HashMap<>();
    private static final Duration KEPT = Duration.ofDays(30);
    private static final long LARGE = 1 << 20;

    private final Path path;
    private final Clock clock;
    private final FileChannel channel;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private int users;

    private record Entry(Known known, long epochSecond) { }

    private SentLedger(Path path, Clock clock) throws IOException {
        this.path = path;
        this.clock = clock;
        PrivateFiles.createDirectories(path.getParent());
        if (Files.exists(path)) {
            read();
        }
        channel = PrivateFiles.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    static SentLedger of(BotContext context) throws IOException {
        Path path = context.dataDirectory().resolve("mail-output").resolve('.' + context.botId() + ".sent").toAbsolutePath().normalize();
        synchronized (OPEN) {
            SentLedger ledger = OPEN.get(path);
            if (ledger == null) {
                ledger = new SentLedger(path, context.clock());
                OPEN.put(path, ledger);
            }
            ledger.users++;
            return ledger;
        }
    }

    /** A line that was cut short is of a mail about which nothing was begun yet. */
    private void read() throws IOException {
        long oldest = clock.instant().minus(KEPT).getEpochSecond();
        for (String line : Files.readAllLines(path, StandardCharsets.UTF_8)) {
            String[] parts = line.split(" ", 3);
            if (parts.length < 3 || !line.endsWith(".")) {
                continue;
            }
            String id = parts[2].substring(0, parts[2].length() - 1);
            long time = Long.parseLong(parts[1]);
            switch (parts[0]) {
                case "begun" -> entries.put(id, new Entry(Known.BEGUN, time));
                case "sent" -> entries.put(id, new Entry(Known.SENT, time));
                default -> entries.remove(id);
            }
        }
        entries.values().removeIf(entry -> entry.epochSecond() < oldest);
    }

    synchronized Known known(String id) {
        Entry entry = entries.get(id);
        return entry == null ? Known.NOTHING : entry.known();
    }

    synchronized void begun(String id) throws IOException {
        note("begun", Known.BEGUN, id);
    }

    /** What is said here holds even if the machine fails. */
    synchronized void sent(String id) throws IOException {
        note("sent", Known.SENT, id);
        channel.force(false);
    }

    private void note(String word, Known known, String id) throws IOException {
        long now = clock.instant().getEpochSecond();
        entries.put(id, new Entry(known, now));
        write(line(word, now, id));
    }

    /** The mail was refused, or what caused it will not come again. */
    synchronized void forget(String id) {
        if (entries.remove(id) == null || !channel.isOpen()) {
            return;
        }
        try {
            if (entries.isEmpty()) {
                channel.truncate(0);
            } else if (channel.size() > LARGE) {
                channel.truncate(0);
                StringBuilder all = new StringBuilder();
                entries.forEach((each, entry) -> all.append(line(entry.known() == Known.SENT ? "sent" : "begun", entry.epochSecond(), each)));
                write(all.toString());
            } else {
                write(line("done", clock.instant().getEpochSecond(), id));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the record of mails sent, " + path + ", cannot be written", e);
        }
    }

    private static String line(String word, long time, String id) {
        return word + ' ' + time + ' ' + id + ".\n";
    }

    private void write(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (OPEN) {
            if (--users == 0) {
                OPEN.remove(path);
                channel.close();
            }
        }
    }
}
