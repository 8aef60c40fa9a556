package org.intelmq.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.bind.Jsonb;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Providers;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** With a resolver that is used up by its first use, as Payara's is: a second thread within it meanwhile makes it fail. */
class FirstAnswerTest {

    private static final int AT_ONCE = 4;
    private static final long WAIT_MILLIS = 100;

    private final OneAtATime resolver = new OneAtATime();
    private final FirstAnswer filter = new FirstAnswer(new Only(resolver));

    @Test
    void firstRequestsAtOnceFindJsonOneAfterAnother() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> requests = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                requests.add(threads.submit(() -> filter.filter(null)));
            }
            for (Future<?> request : requests) {
                request.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(1, resolver.uses);
    }

    @Test
    void withoutAResolverTheContainersOwnJsonIsUsed() {
        new FirstAnswer(new Only(null)).filter(null);
    }

    /** Waits within for a second thread, which must not come. */
    private static final class OneAtATime implements ContextResolver<Jsonb> {

        private final CyclicBarrier within = new CyclicBarrier(2);
        private volatile int uses;

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate")
        public Jsonb getContext(Class<?> type) {
            uses++;
            try {
                within.await(WAIT_MILLIS, TimeUnit.MILLISECONDS);
                throw new IllegalStateException("two first answers at once");
            } catch (TimeoutException e) {
                return null;
            } catch (InterruptedException | BrokenBarrierException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private record Only(ContextResolver<Jsonb> resolver) implements Providers {

        @Override
        @SuppressWarnings("unchecked")
        public <T> ContextResolver<T> getContextResolver(Class<T> type, MediaType media) {
            return type == Jsonb.class ? (ContextResolver<T>) resolver : null;
        }

        @Override
        public <T> MessageBodyReader<T> getMessageBodyReader(Class<T> type, Type generic, Annotation[] annotations, MediaType media) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> MessageBodyWriter<T> getMessageBodyWriter(Class<T> type, Type generic, Annotation[] annotations, MediaType media) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T extends Throwable> ExceptionMapper<T> getExceptionMapper(Class<T> type) {
            throw new UnsupportedOperationException();
        }
    }
}
