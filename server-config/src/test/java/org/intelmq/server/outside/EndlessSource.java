package org.intelmq.server.outside;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.testing.SocketServer;

/**
 * A service that tells whoever is connected what happens now, and never again: as lines of a reply without end, or as texts of a web
 * socket. It cannot know what has arrived. Thread-safe.
 */
public final class EndlessSource implements AutoCloseable {

    private static final long BETWEEN_NANOS = 20_000_000;
    private static final Pattern KEY = Pattern.compile("(?i)Sec-WebSocket-Key: *(\\S+)");
    /** RFC 6455, section 1.3. */
    private static final String WEB_SOCKET = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final SocketServer server;
    private final AtomicInteger said = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    /** @param text of what is said, by its number */
    public EndlessSource(IntFunction<String> text) throws IOException {
        this.server = new SocketServer("endless source of a test", client -> {
            Matcher key = KEY.matcher(HttpsProxy.head(client.getInputStream()));
            boolean isSocket = key.find();
            OutputStream out = client.getOutputStream();
            out.write((isSocket ? "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                    + accepted(key.group(1)) + "\r\n\r\n" : "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            while (!over.get()) {
                byte[] next = text.apply(said.getAndIncrement()).getBytes(StandardCharsets.UTF_8);
                out.write(isSocket ? frame(next) : line(next));
                LockSupport.parkNanos(BETWEEN_NANOS);
            }
            // until the client goes
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
    }

    private static String accepted(String key) {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest((key + WEB_SOCKET).getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] line(byte[] text) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.writeBytes(text);
        line.write('\n');
        return line.toByteArray();
    }

    /** A whole text of less than 64 KiB. */
    private static byte[] frame(byte[] text) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x81);
        if (text.length < 126) {
            frame.write(text.length);
        } else {
            frame.write(126);
            frame.write(text.length >> 8);
            frame.write(text.length);
        }
        frame.writeBytes(text);
        return frame.toByteArray();
    }

    public int port() {
        return server.port();
    }

    public int said() {
        return said.get();
    }

    /** Says no more, and leaves connections open. */
    public void end() {
        over.set(true);
    }

    @Override
    public void close() throws IOException {
        end();
        server.close();
    }
}
