package org.intelmq.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SocketServerTest {

    private static void greet(Socket client) throws IOException {
        client.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
    }

    private static String heard(int port) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void eachClientIsServed() throws IOException {
        try (SocketServer server = new SocketServer("greeter", SocketServerTest::greet)) {
            assertEquals("hello", heard(server.port()));
            assertEquals("hello", heard(server.port()));
        }
    }

    @Test
    void relays() throws IOException {
        AtomicReference<SocketServer> front = new AtomicReference<>();
        try (SocketServer server = new SocketServer("greeter", SocketServerTest::greet);
                SocketServer relay = new SocketServer("relay", client -> front.get().relay(client, new Socket("127.0.0.1", server.port())))) {
            front.set(relay);
            assertEquals("hello", heard(relay.port()));
        }
    }

    @Test
    void aFaultOfTheServerIsNotLost() throws IOException {
        SocketServer server = new SocketServer("faulty", client -> {
            throw new IOException("the disk is full");
        });
        assertEquals("", heard(server.port()));
        assertEquals("the disk is full", assertThrows(IllegalStateException.class, server::close).getCause().getMessage());
    }

    @Test
    void aClientThatGoesIsNoFault() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        try (SocketServer server = new SocketServer("talker", client -> {
            try {
                while (true) {
                    greet(client);
                }
            } finally {
                gone.countDown();
            }
        })) {
            new Socket("127.0.0.1", server.port()).close();
            assertEquals(true, gone.await(10, TimeUnit.SECONDS));
        }
    }
}
