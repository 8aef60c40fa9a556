package org.intelmq.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.intelmq.bot.Intake;
import org.intelmq.bot.ReportSize;
import org.intelmq.bot.UndecodableException;
import org.intelmq.files.SharedMemory;
import org.intelmq.message.Report;

/**
 * A stream of lines, each of which becomes a report. Lines that arrive together are taken together. They end with CR, LF or both; empty ones
 * are left out. For one thread.
 */
public final class LineStream {

    /** A line of a feed is never longer than this, in bytes. */
    private static final int LONGEST = (int) Math.min(16 << 20, ReportSize.MOST);
    /** Shorter lines are not counted: they are soon gone. */
    private static final int UNCOUNTED = 64 << 10;
    private static final int COUNTED_AT_ONCE = 1 << 20;
    private static final int SHOWN_OF_LONGEST = 64 << 10;
    private static final int MOST_TOGETHER = 500;
    private static final int BUFFER = 16 << 10;

    private final Intake intake;
    private final Function<byte[], Report> reports;
    private final boolean strips;
    private final PushedMemory memory;
    private final List<Intake.Item> complete = new ArrayList<>();
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private boolean tooLong;
    private boolean afterReturn;
    private SharedMemory.Share share;
    private long counted;

    /**
     * @param reports creates a report from a line
     * @param strips whether white space at both ends of a line is removed
     * @param memory that long lines have to find room in
     */
    public LineStream(Intake intake, Function<byte[], Report> reports, boolean strips, PushedMemory memory) {
        this.intake = intake;
        this.reports = reports;
        this.strips = strips;
        this.memory = memory;
    }

    /**
     * Returns at the end of the stream. If the stream fails, an unfinished line is dropped.
     *
     * @throws IOException also if a line finds no room in the memory for half a minute
     */
    public void read(InputStream in) throws IOException, InterruptedException {
        share = memory.share();
        try (SharedMemory.Share last = share) {
            readLines(in);
        }
    }

    private void readLines(InputStream in) throws IOException, InterruptedException {
        byte[] buffer = new byte[BUFFER];
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            for (int i = 0; i < length; i++) {
                next(buffer[i]);
            }
            take();
        }
        end();
        take();
    }

    private void next(byte b) throws IOException, InterruptedException {
        if (b == '\n' && afterReturn) {
            afterReturn = false;
            return;
        }
        afterReturn = b == '\r';
        if (b == '\n' || b == '\r') {
            end();
        } else if (begun.size() < LONGEST) {
            if (begun.size() >= UNCOUNTED + counted) {
                memory.await(share, COUNTED_AT_ONCE);
                counted += COUNTED_AT_ONCE;
            }
            begun.write(b);
        } else {
            tooLong = true;
        }
    }

    private void end() throws InterruptedException {
        complete();
        if (counted > 0) {
            take();
            share.close();
            counted = 0;
        }
    }

    private void complete() throws InterruptedException {
        byte[] line = begun.toByteArray();
        begun.reset();
        if (tooLong) {
            tooLong = false;
            take();
            intake.reject(reports.apply(Arrays.copyOf(line, SHOWN_OF_LONGEST)), new UndecodableException("a line of more than " + LONGEST
                    + " bytes arrived, of which these are the first: does the source send lines?", null));
            return;
        }
        byte[] content = strips ? stripped(line) : line;
        if (content.length > 0) {
            complete.add(new Intake.Item(reports.apply(content), null));
            if (complete.size() >= MOST_TOGETHER) {
                take();
            }
        }
    }

    private void take() throws InterruptedException {
        if (!complete.isEmpty()) {
            intake.take(complete);
            complete.clear();
        }
    }

    private static byte[] stripped(byte[] line) {
        int start = 0;
        int end = line.length;
        while (start < end && isBlank(line[start])) {
            start++;
        }
        while (end > start && isBlank(line[end - 1])) {
            end--;
        }
        return Arrays.copyOfRange(line, start, end);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b >= '\t' && b <= '\r';
    }
}
