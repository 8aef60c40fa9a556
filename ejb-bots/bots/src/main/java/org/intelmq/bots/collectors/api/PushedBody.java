package org.intelmq.bots.collectors.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.intelmq.files.SharedMemory;

/** The body of a request, read as it arrives: no thread waits for a slow client. */
final class PushedBody implements Runnable {

    private final Request request;
    private final int mostBytes;
    private final SharedMemory.Share memory;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();

    /**
     * @param mostBytes when there are more, reading ends
     * @param memory    that it takes as it comes, since a length is easily announced
     */
    PushedBody(Request request, int mostBytes, SharedMemory.Share memory) {
        this.request = request;
        this.mostBytes = mostBytes;
        this.memory = memory;
    }

    /** The whole body, or what has come of it when that was more than the limit; or why it did not come, such as lack of memory. */
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
            try {
                memory.takeWithReport(chunk.remaining());
                byte[] part = new byte[chunk.remaining()];
                chunk.get(part, 0, part.length);
                content.writeBytes(part);
            } catch (IOException e) {
                whole.completeExceptionally(e);
                return;
            } finally {
                chunk.release();
            }
            if (chunk.isLast() || content.size() > mostBytes) {
                whole.complete(content.toByteArray());
                return;
            }
        }
    }
}
