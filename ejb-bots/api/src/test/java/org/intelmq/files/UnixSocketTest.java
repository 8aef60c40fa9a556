package org.intelmq.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixSocketTest {

    @TempDir
    private Path directory;
    private Path path;
    private ServerSocketChannel server;

    @BeforeEach
    void listen() throws IOException {
        path = directory.resolve("test.sock");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void aPathIsNoHost() {
        assertEquals("/run/redis.sock", UnixSocket.path("/run/redis.sock"));
        assertEquals("/run/redis.sock", UnixSocket.path("unix:///run/redis.sock"));
        assertNull(UnixSocket.path("redis.example.com"));
    }

    @Test
    void bringsAllBytesBothWays() throws Exception {
        byte[] sent = new byte[3_000_000];
        new Random(1).nextBytes(sent);
        try (UnixSocket socket = UnixSocket.open(path.toString(), 10_000); SocketChannel other = server.accept()) {
            CompletableFuture<Void> echo = CompletableFuture.runAsync(() -> echo(other, sent.length));
            socket.getOutputStream().write(sent);
            assertArrayEquals(sent, socket.getInputStream().readNBytes(sent.length));
            echo.join();
            other.close();
            assertEquals(-1, socket.getInputStream().read());
        }
    }

    private static void echo(SocketChannel channel, int length) {
        try {
            ByteBuffer all = ByteBuffer.allocate(length);
            int read = 0;
            while (all.hasRemaining() && read >= 0) {
                read = channel.read(all);
            }
            all.flip();
            while (all.hasRemaining()) {
                channel.write(all);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aSilentServerHoldsNobodyUp() throws IOException {
        try (UnixSocket socket = UnixSocket.open(path.toString(), 20)) {
            String said = assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read()).getMessage();
            assertEquals("no answer within 20 ms", said);
        }
    }

    @Test
    void aStopEndsAWait() throws IOException {
        try (UnixSocket socket = UnixSocket.open(path.toString(), 0)) {
            Thread.currentThread().interrupt();
            assertThrows(ClosedByInterruptException.class, () -> socket.getInputStream().read());
        } finally {
            Thread.interrupted();
        }
    }
}
