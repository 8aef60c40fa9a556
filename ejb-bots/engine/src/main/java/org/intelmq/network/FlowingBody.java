package org.intelmq.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.PushbackInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A reply that is read while it arrives. No more is fetched from the server than is read, except what one packet holds. */
final class FlowingBody implements ReceivedBody<InputStream> {

    private final Duration longestSilence;
    private volatile long received;
    private volatile HttpResponse.ResponseInfo head;
    private volatile Flowing flowing;

    FlowingBody(Duration longestSilence) {
        this.longestSilence = longestSilence;
    }

    @Override
    public long received() {
        return received;
    }

    @Override
    public HttpResponse.BodySubscriber<InputStream> apply(HttpResponse.ResponseInfo reply) {
        head = reply;
        flowing = new Flowing(ContentEncoding.of(reply.headers()));
        return flowing;
    }

    @Override
    public HttpResponse<InputStream> begun(HttpRequest request) {
        InputStream body = flowing == null ? null : flowing.body.getNow(null);
        return body == null ? null : new BegunReply(request, head, body);
    }

    /** What the server sends next: bytes, the end ({@code null} bytes), or why there is no more. */
    private record Piece(ByteBuffer bytes, Throwable failure) { }

    /** Says that everything requested has arrived: a reader that wants more has to request it. */
    private static final Piece ASK = new Piece(ByteBuffer.allocate(0), null);

    private final class Flowing extends InputStream implements HttpResponse.BodySubscriber<InputStream> {

        private final ContentEncoding encoding;
        private final CompletableFuture<InputStream> body = new CompletableFuture<>();
        private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
        private volatile Flow.Subscription subscription;
        private Piece current = ASK;

        private Flowing(ContentEncoding encoding) {
            this.encoding = encoding;
        }

        @Override
        public CompletionStage<InputStream> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            body.complete(encoding == ContentEncoding.NONE ? this : new Unpacked(this, encoding));
            given.request(1);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                received += buffer.remaining();
                pieces.add(new Piece(buffer, null));
            }
            pieces.add(ASK);
        }

        @Override
        public void onError(Throwable reason) {
            pieces.add(new Piece(null, reason));
        }

        @Override
        public void onComplete() {
            pieces.add(new Piece(null, null));
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            while (length > 0 && current.bytes() != null && !current.bytes().hasRemaining()) {
                current = next();
            }
            if (current.bytes() == null) {
                if (current.failure() != null) {
                    throw new IOException("the stream broke off: " + current.failure().getMessage(), current.failure());
                }
                return -1;
            }
            int number = Math.min(length, current.bytes().remaining());
            current.bytes().get(bytes, offset, number);
            return number;
        }

        @Override
        public int available() {
            return current.bytes() == null ? 0 : current.bytes().remaining();
        }

        private Piece next() throws IOException {
            try {
                Piece next = pieces.poll(longestSilence.toMillis(), TimeUnit.MILLISECONDS);
                if (next == null) {
                    throw new HttpTimeoutException("nothing has arrived for " + longestSilence.toSeconds() + " s");
                }
                if (next == ASK) {
                    subscription.request(1);
                }
                return next;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }

        @Override
        public void close() {
            subscription.cancel();
        }
    }

    /** Begins to uncompress when it is first read, because there is nothing to uncompress before. */
    private static final class Unpacked extends InputStream {

        private final PushbackInputStream packed;
        private final ContentEncoding encoding;
        private InputStream content;

        private Unpacked(InputStream packed, ContentEncoding encoding) {
            this.packed = new PushbackInputStream(packed);
            this.encoding = encoding;
        }

        private InputStream content() throws IOException {
            if (content == null) {
                int first = packed.read();
                if (first < 0) {
                    return packed;
                }
                packed.unread(first);
                content = encoding.unpacked(packed);
            }
            return content;
        }

        @Override
        public int read() throws IOException {
            return content().read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return content().read(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            packed.close();
        }
    }
}
