package org.intelmq.bots.collectors.calidog;

import java.io.IOException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.intelmq.bot.ReportSize;

/** Text messages of a web socket, for one thread. Only so many wait to be taken; then the server has to wait. */
final class SocketMessages implements WebSocket.Listener {

    private static final int MOST_WAITING = 100;
    static final int LONGEST = (int) Math.min(16 << 20, ReportSize.MOST);

    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private final StringBuilder begun = new StringBuilder();
    private int waiting;
    private long charactersWaiting;
    private boolean isHeldUp;

    /** A text, or why there are no more. */
    private record Message(String text, IOException end) { }

    /**
     * All that have arrived, at least one.
     *
     * @throws IOException if the server has ended the connection, or is silent for that long
     */
    List<String> next(Duration longestSilence) throws IOException, InterruptedException {
        Message first = messages.poll(longestSilence.toMillis(), TimeUnit.MILLISECONDS);
        if (first == null) {
            throw new IOException("the server has sent nothing for " + longestSilence.toSeconds() + " s");
        }
        if (first.end() != null) {
            throw first.end();
        }
        List<String> texts = new ArrayList<>();
        texts.add(first.text());
        for (Message next = messages.peek(); next != null && next.end() == null; next = messages.peek()) {
            texts.add(messages.remove().text());
        }
        return texts;
    }

    @Override
    public void onOpen(WebSocket socket) {
        socket.request(1);
    }

    /** The messages are safe, so there is room for others. */
    synchronized void taken(List<String> texts, WebSocket socket) {
        waiting -= texts.size();
        charactersWaiting -= characters(texts);
        if (isHeldUp) {
            isHeldUp = false;
            socket.request(1);
        }
    }

    static long characters(List<String> texts) {
        return texts.stream().mapToLong(String::length).sum();
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
        begun.append(part);
        if (begun.length() > LONGEST) {
            messages.add(new Message(null, new IOException("the server sends a message of more than " + LONGEST + " characters")));
            socket.abort();
        } else if (last) {
            arrived(begun.toString(), socket);
            begun.setLength(0);
            begun.trimToSize();
        } else {
            // not a message yet
            socket.request(1);
        }
        return null;
    }

    private synchronized void arrived(String text, WebSocket socket) {
        waiting++;
        charactersWaiting += text.length();
        messages.add(new Message(text, null));
        isHeldUp = waiting >= MOST_WAITING || charactersWaiting >= LONGEST;
        if (!isHeldUp) {
            socket.request(1);
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        messages.add(new Message(null, new IOException("the server has closed the connection (" + status + (reason.isEmpty() ? "" : ", " + reason) + ')')));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        messages.add(new Message(null, new IOException("the connection broke off: " + error.getMessage(), error)));
    }
}
