package org.intelmq.bot;

import java.io.IOException;
import java.io.InputStream;
import org.intelmq.message.Message;
import org.intelmq.message.Report;

/**
 * Where a bot puts its results. The host commits them together with the acknowledgement of the input. The bot must not change a message after
 * sending it, but may send it on several paths.
 */
public interface Outbox {

    String DEFAULT_PATH = "_default";

    default void send(Message message) {
        send(DEFAULT_PATH, message);
    }

    /** @throws UnknownPathException if the operator has configured no queue for the path */
    void send(String path, Message message);

    /**
     * Sends a report with this data in {@code raw}; it may have any size if all bots that receive it can take it in pieces.
     *
     * @throws ReportTooLargeException if one of them would need it whole and memory cannot hold it; nothing has been sent then
     */
    default void send(Report report, ReportData data) throws IOException {
        try (InputStream content = data.open()) {
            ReportSize.fill(report, "the data", content);
        }
        send(report);
    }

    /** Sends only if the operator has configured the path (IntelMQ's {@code path_permissive}). */
    void sendIfRouted(String path, Message message);

    /** Sets aside the part of a report that could not be understood, with {@code raw} reduced to that part; the rest goes on. */
    void reject(Report part, Exception reason);

    /** Runs once the results are safe: the place to delete a collected file. Not run if the transaction rolls back. */
    void afterCommit(Runnable action);

    /** Runs, in reverse order, if the input is rolled back: the place to undo external effects. Not run after the commit, nor if the process ends. */
    default void onUndo(Runnable action) { }
}
