package org.intelmq.network;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.ref.Cleaner;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Reads a reply whole, up to a limit that also holds for its uncompressed size. The memory that it has reserved is given back when it is
 * closed, or garbage-collected.
 */
final class WholeBody implements ReceivedBody<InputStream> {

    private static final Cleaner FORGOTTEN = Cleaner.create();

    private final String address;
    private final long limit;
    private final ReplyMemory memory;
    private volatile long received;
    private long taken;
    private boolean isOver;

    /** @param address that is asked, without secrets: for the error of who reads the reply */
    WholeBody(String address, long limit, ReplyMemory memory) {
        this.address = address;
        this.limit = limit;
        this.memory = memory;
    }

    private synchronized void take(long bytes) throws IOException {
        if (isOver || !memory.take(bytes)) {
            throw new IOException("there is no room for the reply: all replies under way may take " + memory.most()
                    + " bytes of memory together, and others are using them");
        }
        taken += bytes;
    }

    @Override
    public synchronized void abandon() {
        memory.giveBack(taken);
        taken = 0;
        isOver = true;
    }

    @Override
    public long received() {
        return received;
    }

    @Override
    public HttpResponse.BodySubscriber<InputStream> apply(HttpResponse.ResponseInfo reply) {
        return new Collector(ContentEncoding.of(reply.headers()));
    }

    private final class Collector implements HttpResponse.BodySubscriber<InputStream> {

        private final ContentEncoding encoding;
        private final CompletableFuture<InputStream> body = new CompletableFuture<>();
        private final List<InputStream> pieces = new ArrayList<>();
        private Flow.Subscription subscription;

        Collector(ContentEncoding encoding) {
            this.encoding = encoding;
        }

        @Override
        public CompletionStage<InputStream> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            long total = received;
            for (ByteBuffer buffer : buffers) {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                pieces.add(new ByteArrayInputStream(bytes));
                total += bytes.length;
            }
            long more = total - received;
            received = total;
            try {
                if (total > limit) {
                    throw tooLarge();
                }
                take(more);
            } catch (IOException e) {
                subscription.cancel();
                onError(e);
            }
        }

        @Override
        public void onError(Throwable reason) {
            pieces.clear();
            abandon();
            body.completeExceptionally(reason);
        }

        @Override
        public void onComplete() {
            InputStream all = new SequenceInputStream(Collections.enumeration(pieces));
            try {
                InputStream whole = new Held(encoding == ContentEncoding.NONE || received == 0 ? all
                        : new Unpacked(encoding.unpacked(all, received, limit, "the reply of " + address)));
                FORGOTTEN.register(whole, WholeBody.this::abandon);
                body.complete(whole);
            } catch (IOException e) {
                onError(e);
            }
        }
    }

    /** Reserves memory for the uncompressed data, too. */
    private final class Unpacked extends FilterInputStream {

        Unpacked(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int count = in.read(bytes, from, length);
            take(Math.max(count, 0));
            return count;
        }
    }

    /** Gives back its reserved memory when it is closed. */
    private final class Held extends FilterInputStream {

        Held(InputStream in) {
            super(in);
        }

        @Override
        public void close() throws IOException {
            abandon();
            super.close();
        }
    }

    private IOException tooLarge() {
        return new FinalException("reply is larger than the limit of " + limit + " bytes");
    }
}
