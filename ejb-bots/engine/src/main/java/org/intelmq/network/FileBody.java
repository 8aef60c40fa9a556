package org.intelmq.network;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Writes a reply into a file, uncompressed, up to a limit that also holds for the uncompressed size. */
final class FileBody implements ReceivedBody<ReplyFile> {

    private final long limit;
    private volatile long received;

    FileBody(long limit) {
        this.limit = limit;
    }

    @Override
    public long received() {
        return received;
    }

    @Override
    public HttpResponse.BodySubscriber<ReplyFile> apply(HttpResponse.ResponseInfo reply) {
        return new Writer(ContentEncoding.of(reply.headers()));
    }

    private final class Writer implements HttpResponse.BodySubscriber<ReplyFile> {

        private final ContentEncoding encoding;
        private final CompletableFuture<ReplyFile> body = new CompletableFuture<>();
        private Flow.Subscription subscription;
        private ReplyFile file;

        Writer(ContentEncoding encoding) {
            this.encoding = encoding;
        }

        @Override
        public CompletionStage<ReplyFile> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            try {
                file = new ReplyFile(limit);
                given.request(Long.MAX_VALUE);
            } catch (IOException e) {
                fail(e);
            }
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            try {
                for (ByteBuffer buffer : buffers) {
                    received += buffer.remaining();
                    file.write(buffer);
                }
            } catch (IOException e) {
                fail(e);
            }
        }

        @Override
        public void onError(Throwable reason) {
            fail(reason);
        }

        @Override
        public void onComplete() {
            try {
                if (encoding != ContentEncoding.NONE && received > 0) {
                    unpack();
                }
                body.complete(file);
            } catch (IOException e) {
                fail(e);
            }
        }

        private void unpack() throws IOException {
            ReplyFile packed = file;
            file = new ReplyFile(limit);
            try (packed; InputStream unpacked = encoding.unpacked(packed.open(), received, limit, "the reply")) {
                file.write(unpacked);
            }
        }

        private void fail(Throwable reason) {
            subscription.cancel();
            body.completeExceptionally(reason);
            if (file != null) {
                try {
                    file.close();
                } catch (IOException e) {
                    reason.addSuppressed(e);
                }
            }
        }
    }
}
