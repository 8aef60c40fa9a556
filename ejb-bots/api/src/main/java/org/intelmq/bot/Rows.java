package org.intelmq.bot;

import java.util.Optional;
import java.util.function.Consumer;

/** Splits the text of a report into rows. The usual ways are in {@link org.intelmq.bot.rows}. Thread-safe. */
@FunctionalInterface
public interface Rows<R> {

    /** Throwing refuses the whole report; a single bad row is rejected by its mapper instead. */
    void split(String text, Consumer<Row<R>> rows) throws Exception;

    /** How a report that is too large for memory is cut into pieces that can be split; empty if it cannot be. */
    default Optional<Seams> seams() {
        return Optional.empty();
    }

    /** The same rows, for reports that may be cut at these seams. */
    static <R> Rows<R> cutAt(Seams seams, Rows<R> rows) {
        return new Rows<>() {
            @Override
            public void split(String text, Consumer<Row<R>> found) throws Exception {
                rows.split(text, found);
            }

            @Override
            public Optional<Seams> seams() {
                return Optional.of(seams);
            }
        };
    }
}
