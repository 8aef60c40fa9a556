package org.intelmq.bot.rows;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** The cells of one record. A parser that asks for a cell beyond the last gets an error that an operator understands. */
final class CsvCells extends AbstractList<String> implements RandomAccess {

    private final List<String> cells;

    CsvCells(List<String> cells) {
        this.cells = cells;
    }

    @Override
    public String get(int index) {
        if (index >= cells.size()) {
            throw new IndexOutOfBoundsException("the row has " + cells.size() + " columns, expected at least " + (index + 1));
        }
        return cells.get(index);
    }

    @Override
    public int size() {
        return cells.size();
    }
}
