package org.intelmq.sent;

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
import org.intelmq.files.FileWrite;
import org.intelmq.files.PrivateFiles;

/**
 * Records, in a file, what the current deliveries have sent that cannot be taken back, such as mails. When a delivery is undone, by a failure
 * or by the end of the process, its event comes again and is found here. One ledger for all instances of a bot. Thread-safe.
 */
public final class SentLedger implements Closeable {

    /** What is known about something to be sent. */
    public enum Known { NOTHING, BEGUN, SENT }

    private static final Map<Path, SentLedger> OPEN = new HashMap<>();
    private static final Duration KEPT = Duration.ofDays(30);
    private static final long LARGE = 1 << 20;

    private final Path path;
    private final Clock clock;
    private final FileChannel channel;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private int users;

    /** @param answer its name at the receiver; {@code null} if that was not recorded */
    private record Entry(Known known, long epochSecond, String answer) { }

    private SentLedger(Path path, Clock clock) throws IOException {
        this.path = path;
        this.clock = clock;
        PrivateFiles.createDirectories(path.getParent());
        if (Files.exists(path)) {
            read();
        }
        channel = PrivateFiles.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    /**
     * Opens the ledger, or returns the one that another instance of the bot has open.
     *
     * @param folder below the bots' data directory
     */
    public static SentLedger of(BotContext context, String folder) throws IOException {
        Path path = context.dataDirectory().resolve(folder).resolve('.' + context.botId() + ".sent").toAbsolutePath().normalize();
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

    /** A line that was cut short belongs to something that was not yet begun. */
    private void read() throws IOException {
        long oldest = clock.instant().minus(KEPT).getEpochSecond();
        for (String line : Files.readAllLines(path, StandardCharsets.UTF_8)) {
            String[] parts = line.endsWith(".") ? line.substring(0, line.length() - 1).split(" ", 4) : new String[0];
            if (parts.length < 3) {
                continue;
            }
            String id = parts[2];
            long time = Long.parseLong(parts[1]);
            switch (parts[0]) {
                case "begun" -> entries.put(id, new Entry(Known.BEGUN, time, null));
                case "sent" -> entries.put(id, new Entry(Known.SENT, time, parts.length > 3 ? parts[3] : null));
                default -> entries.remove(id);
            }
        }
        entries.values().removeIf(entry -> entry.epochSecond() < oldest);
    }

    public synchronized Known known(String id) {
        Entry entry = entries.get(id);
        return entry == null ? Known.NOTHING : entry.known();
    }

    /** The answer recorded when it was sent; {@code null} if there is none. */
    public synchronized String answer(String id) {
        Entry entry = entries.get(id);
        return entry == null ? null : entry.answer();
    }

    public synchronized void begun(String id) throws IOException {
        note(id, new Entry(Known.BEGUN, clock.instant().getEpochSecond(), null));
    }

    /** Once this returns, the record survives even a failure of the machine. */
    public synchronized void sent(String id) throws IOException {
        sent(id, null);
    }

    /** @param answer its name at the receiver, on one line */
    public synchronized void sent(String id, String answer) throws IOException {
        note(id, new Entry(Known.SENT, clock.instant().getEpochSecond(), answer));
        try {
            channel.force(false);
        } catch (IOException e) {
            throw FileWrite.named(path, e);
        }
    }

    private void note(String id, Entry entry) throws IOException {
        entries.put(id, entry);
        write(line(id, entry));
    }

    /** Called when it was refused, or when its cause will not come again. */
    public synchronized void forget(String id) {
        if (entries.remove(id) == null || !channel.isOpen()) {
            return;
        }
        try {
            if (entries.isEmpty()) {
                channel.truncate(0);
            } else if (channel.size() > LARGE) {
                channel.truncate(0);
                StringBuilder all = new StringBuilder();
                entries.forEach((each, entry) -> all.append(line(each, entry)));
                write(all.toString());
            } else {
                write("done " + clock.instant().getEpochSecond() + ' ' + id + ".\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the record of what was sent, " + path + ", cannot be written", e);
        }
    }

    private static String line(String id, Entry entry) {
        return (entry.known() == Known.SENT ? "sent " : "begun ") + entry.epochSecond() + ' ' + id + (entry.answer() == null ? "" : " " + entry.answer())
                + ".\n";
    }

    private void write(String text) throws IOException {
        FileWrite.all(channel, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), path);
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
