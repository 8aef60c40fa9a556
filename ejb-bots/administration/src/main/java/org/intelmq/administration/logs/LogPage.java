package org.intelmq.administration.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.intelmq.control.LogFile;
import org.intelmq.control.LogLine;
import org.intelmq.files.WholeFile;

/** Reads a log from its end, so that a long one costs no more than what is shown of it. Used once. */
final class LogPage {

    private static final int BLOCK = 64 << 10;
    /** Bytes that one page looks at. */
    private static final long LOOKED_AT = 32L << 20;
    private static final int LONGEST = 100_000;

    private final LogFile.Level least;
    private final String wanted;
    private final int most;
    private final List<LogEntry> entries = new ArrayList<>();
    /** Lines below the one at hand that belong to its entry, the first on top. */
    private final Deque<String> more = new ArrayDeque<>();
    private int moreLength;
    private long next = -1;

    /**
     * @param wanted what a message must contain, in any case; empty for anything
     * @param most   entries, after folding
     */
    LogPage(LogFile.Level least, String wanted, int most) {
        this.least = least;
        this.wanted = wanted.toLowerCase(Locale.ROOT);
        this.most = most;
    }

    /**
     * Newest first.
     *
     * @param before position in the file before which to look; beyond its end for all of it
     */
    List<LogEntry> read(Path file, long before) throws IOException {
        try (FileChannel channel = FileChannel.open(WholeFile.own(file), StandardOpenOption.READ)) {
            read(channel, Math.min(before, channel.size()));
        } catch (NoSuchFileException e) {
            // it has not written anything yet
        }
        return entries;
    }

    /** Where to go on; -1 if there is no more. */
    long next() {
        return next;
    }

    private void read(FileChannel channel, long end) throws IOException {
        long stop = Math.max(0, end - LOOKED_AT);
        byte[] rest = new byte[0];
        long position = end;
        while (position > stop) {
            int length = (int) Math.min(BLOCK, position - stop);
            position -= length;
            byte[] block = block(channel, position, length, rest);
            int lineEnd = block.length;
            for (int i = block.length - 1; i >= 0; i--) {
                if (block[i] == '\n') {
                    if (!take(line(block, i + 1, lineEnd), position + i + 1)) {
                        return;
                    }
                    lineEnd = i;
                }
            }
            rest = Arrays.copyOf(block, Math.min(lineEnd, LONGEST));
        }
        if (position > 0) {
            next = position + rest.length;
        } else if (rest.length == 0 || take(line(rest, 0, rest.length), 0)) {
            next = -1;
        }
    }

    private static byte[] block(FileChannel channel, long position, int length, byte[] rest) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(length + rest.length).limit(length);
        while (block.hasRemaining() && channel.read(block, position + block.position()) >= 0) {
            // until it is full
        }
        block.limit(length + rest.length).position(length).put(rest);
        return block.array();
    }

    private static String line(byte[] block, int from, int to) {
        return new String(block, from, Math.min(to - from, LONGEST), StandardCharsets.UTF_8);
    }

    /**
     * False if enough is found.
     *
     * @param start of the line in the file
     */
    private boolean take(String text, long start) {
        LogLine line = LogLine.parseOrNull(text);
        if (line == null) {
            if (!text.isEmpty() && moreLength < LONGEST) {
                more.push(text);
                moreLength += text.length();
            }
            return true;
        }
        String first = LogEntry.message(line);
        String message = more.isEmpty() ? first : first + '\n' + String.join("\n", more);
        more.clear();
        moreLength = 0;
        if (LogFile.Level.valueOf(line.level()).compareTo(least) < 0 || !wanted.isEmpty() && !message.toLowerCase(Locale.ROOT).contains(wanted)) {
            return true;
        }
        if (!fold(line, message)) {
            if (entries.size() == most) {
                return false;
            }
            entries.add(new LogEntry(line.time(), line.level(), message, 1));
        }
        next = start > 0 ? start : -1;
        return true;
    }

    private boolean fold(LogLine line, String message) {
        LogEntry last = entries.isEmpty() ? null : entries.get(entries.size() - 1);
        if (last == null || !last.level().equals(line.level()) || !last.message().equals(message)) {
            return false;
        }
        entries.set(entries.size() - 1, new LogEntry(last.time(), last.level(), message, last.count() + 1));
        return true;
    }
}
