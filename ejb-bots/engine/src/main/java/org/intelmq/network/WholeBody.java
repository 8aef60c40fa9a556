package org.intelmq.network;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.intelmq.files.LimitedInput;

/** Reads a reply whole, up to a limit that holds for what it unpacks to as well. */
final class WholeBody implements ReceivedBody<InputStream> {

    private final long limit;
    private volatile long received;

    WholeBody(long limit) {
        this.limit = limit;
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
            received = total;
            if (total > limit) {
                subscription.cancel();
                pieces.clear();
                body.completeExceptionally(tooLarge());
            }
        }

        @Override
        public void onError(Throwable reason) {
            body.completeExceptionally(reason);
        }

        @Override
        public void onComplete() {
            InputStream all = new SequenceInputStream(Collections.enumeration(pieces));
            try {
                body.complete(encoding == ContentEncoding.NONE || received == 0 ? all : new LimitedInput(encoding.unpacked(all), limit,
                        WholeBody.this::tooLarge));
            } catch (IOException e) {
                body.completeExceptionally(e);
            }
        }
    }

    private IOException tooLarge() {
        return new FinalException("reply is larger than the limit of " + limit + " bytes");
    }
}
