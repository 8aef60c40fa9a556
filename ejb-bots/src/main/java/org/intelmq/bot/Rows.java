package org.intelmq.bot;

import java.util.function.Consumer;

/** Splits the text of a report into rows. The common ways stand in {@link org.intelmq.bot.rows}. Thread-safe. */
@FunctionalInterface
public interface Rows<R> {

    /** Throwing refuses the whole report; a single bad row is told by its mapper instead. */
    void split(String text, Consumer<Row<R>> rows) throws Exception;
}
