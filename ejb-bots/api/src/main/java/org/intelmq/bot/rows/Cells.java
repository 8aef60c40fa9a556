package org.intelmq.bot.rows;

import org.intelmq.text.Whitespace;

/** A line cut at a separator. */
public final class Cells {

    private final String line;
    private final String[] cells;

    private Cells(String line, String[] cells) {
        this.line = line;
        this.cells = cells;
    }

    public static Cells of(String line, char separator) {
        return new Cells(line, line.split(separator == '|' || separator == '.' ? "\\" + separator : String.valueOf(separator), -1));
    }

    public int size() {
        return cells.length;
    }

    /** Throws if the line has too few cells. */
    public String get(int index) {
        if (index >= cells.length) {
            throw new IllegalArgumentException("the line has " + cells.length + " fields, expected at least " + (index + 1) + ": " + line);
        }
        return cells[index];
    }

    /** As {@link #get}, without whitespace around it. */
    public String stripped(int index) {
        return Whitespace.strip(get(index));
    }
}
