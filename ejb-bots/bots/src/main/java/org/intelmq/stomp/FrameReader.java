package org.intelmq.stomp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.intelmq.bot.ReportSize;

/** Reads frames, and skips the line ends between them, which are heartbeats. For one thread. */
final class FrameReader {

    private static final int LONGEST_HEAD = 64 << 10;
    private static final int LONGEST_BODY = (int) Math.min(64 << 20, ReportSize.MOST);

    private final InputStream in;
    private int head;

    FrameReader(InputStream in) {
        this.in = new BufferedInputStream(in, 64 << 10);
    }

    /** Whether more data has already arrived, which may be part of a frame. */
    boolean hasMore() throws IOException {
        while (in.available() > 0) {
            in.mark(1);
            if (!isBetweenFrames(in.read())) {
                in.reset();
                return true;
            }
        }
        return false;
    }

    private static boolean isBetweenFrames(int b) {
        return b == '\n' || b == '\r' || b == 0;
    }

    /** @throws EOFException if the other side has ended the connection */
    Frame read() throws IOException {
        return read(Long.MAX_VALUE);
    }

    /** As {@link #read()}, but waits through heartbeats only until the deadline, by the clock of {@code System.nanoTime}. */
    Frame read(long deadline) throws IOException {
        head = 0;
        String command = line();
        while (command.isEmpty()) {
            if (deadline != Long.MAX_VALUE && System.nanoTime() - deadline > 0) {
                throw new SocketTimeoutException("only heartbeats came");
            }
            head = 0;
            command = line();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            if (colon < 0) {
                throw new IOException("the server sends a header without a colon: \"" + header + '"');
            }
            boolean escapes = !command.equals(Frame.CONNECTED);
            String name = header.substring(0, colon);
            String value = header.substring(colon + 1);
            headers.putIfAbsent(escapes ? Frame.unescaped(name) : name, escapes ? Frame.unescaped(value) : value);
        }
        return new Frame(command, headers, body(headers.get("content-length")));
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        for (int b = next(); b != '\n'; b = next()) {
            if (b == 0 && line.size() == 0) {
                continue;
            }
            if (++head > LONGEST_HEAD) {
                throw new IOException("the server sends more than " + LONGEST_HEAD + " bytes of headers: does it speak STOMP?");
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private byte[] body(String length) throws IOException {
        if (length == null) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int b = next(); b != 0; b = next()) {
                body.write(b);
                check(body.size());
            }
            return body.toByteArray();
        }
        int number;
        try {
            number = Integer.parseInt(length.strip());
        } catch (NumberFormatException e) {
            throw new IOException("the server sends a content-length that is not a number: \"" + length + '"', e);
        }
        check(number);
        byte[] body = in.readNBytes(number);
        if (body.length < number || next() != 0) {
            throw new EOFException("the server has closed the connection within a frame");
        }
        return body;
    }

    private static void check(int size) throws IOException {
        if (size < 0 || size > LONGEST_BODY) {
            throw new IOException("the server sends a body of " + size + " bytes: expected at most " + LONGEST_BODY
                    + ", a twentieth of the memory (INTELMQ_HEAP)");
        }
    }

    private int next() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException("the server has closed the connection");
        }
        return b;
    }
}
