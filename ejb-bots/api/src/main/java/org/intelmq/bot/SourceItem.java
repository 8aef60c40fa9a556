package org.intelmq.bot;

import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.logging.Logger;
import org.intelmq.message.InvalidValue;
import org.intelmq.message.Report;
import org.intelmq.text.pattern.PatternTooCostly;

/**
 * One of many items that a source offers, such as a file. Anything wrong with it is logged and affects no other item; anything wrong with the
 * host, such as a full disk or a missing route, fails the whole input.
 *
 * @param name as the operator knows it, in a form that can begin a sentence
 */
public record SourceItem(String name, Logger log) {

    /** Gets the item from its source. */
    @FunctionalInterface
    public interface Fetch<T> {
        T fetch() throws IOException, InterruptedException;
    }

    /** The fetched item; {@code null} if fetching fails, which is logged. */
    public <T> T get(Fetch<T> fetch) throws InterruptedException {
        try {
            return fetch.fetch();
        } catch (IOException | IllegalArgumentException | NoSuchElementException | ClassCastException | UndecodableException | InvalidValue
                | PatternTooCostly e) {
            leaveOut(e);
            return null;
        }
    }

    /** Returns whether it was sent: not if it is larger than the next bots can read, which is logged. */
    public boolean send(Report report, ReportData data, Outbox out) throws IOException {
        try {
            out.send(report, data);
            return true;
        } catch (ReportTooLargeException e) {
            leaveOut(e);
            return false;
        }
    }

    private void leaveOut(Exception reason) {
        log.severe(name + " is skipped this time: " + (reason.getMessage() == null ? reason : reason.getMessage()));
    }
}
