package org.intelmq.bots.collectors.api;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** The body of a request, read as it comes: no thread waits for a client that sends it slowly. */
final class PushedBody implements Runnable {

    private final Request request;
    private final int mostBytes;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();

    /** @param mostBytes when there are more, reading ends */
    PushedBody(Request request, int mostBytes) {
        this.request = request;
        this.mostBytes = mostBytes;
    }

    /** The whole body, or what has come of it when that was more than the limit; or why it did not come. */
    CompletableFuture<byte[]> read() {
        run();
        return whole;
    }

    @Override
    public void run() {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                whole.completeExceptionally(chunk.getFailure());
                return;
            }
            byte[] part = new byte[chunk.remaining()];
            chunk.get(part, 0, part.length);
            content.writeBytes(part);
            chunk.release();
            if (chunk.isLast() || content.size() > mostBytes) {
                whole.complete(content.toByteArray());
                return;
            }
        }
    }
}
