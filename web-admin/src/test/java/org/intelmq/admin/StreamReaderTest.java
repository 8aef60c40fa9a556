package org.intelmq.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class StreamReaderTest {

    private static final byte[] FRAME = "data: x".getBytes(StandardCharsets.UTF_8);

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    private final ServletOutputStream out = new ServletOutputStream() {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("the reader itself asks no one to be told in this test");
        }

        @Override
        public void write(int part) {
            sent.write(part);
        }
    };

    private static <T> T answering(Class<T> type, InvocationHandler answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answer));
    }

    private AsyncContext connection() {
        ServletResponse response = answering(ServletResponse.class, (proxy, method, arguments) -> out);
        return answering(AsyncContext.class, (proxy, method, arguments) -> method.getName().equals("getResponse") ? response : null);
    }

    @Test
    void endsWithTheLoginOfTheReader() throws IOException {
        AtomicBoolean isWelcome = new AtomicBoolean(true);
        StreamReader reader = new StreamReader(connection(), isWelcome::get, Duration.ZERO);
        assertTrue(reader.offer(FRAME));
        isWelcome.set(false);
        assertFalse(reader.offer(FRAME));
        assertEquals("data: x", sent.toString(StandardCharsets.UTF_8));
    }

    @Test
    void endsWhenNobodyCanTell() throws IOException {
        StreamReader reader = new StreamReader(connection(), () -> {
            throw new UncheckedIOException(new IOException("users.json is broken"));
        }, Duration.ZERO);
        assertFalse(reader.offer(FRAME));
    }
}
