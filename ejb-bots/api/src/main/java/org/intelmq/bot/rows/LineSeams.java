package org.intelmq.bot.rows;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.function.Predicate;
import org.intelmq.bot.Seams;

/** Cuts between any two lines. */
public final class LineSeams implements Seams {

    public static final LineSeams WITHOUT_HEADER = new LineSeams(line -> false);

    private final Predicate<String> header;

    /** @param header which of the first lines belong to the header */
    LineSeams(Predicate<String> header) {
        this.header = header;
    }

    @Override
    public int header(byte[] beginning, int length) {
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (beginning[i] == '\n') {
                if (!header.test(new String(beginning, start, i - start, ISO_8859_1).strip())) {
                    break;
                }
                start = i + 1;
            }
        }
        return start;
    }

    @Override
    public int last(byte[] rows, int length) {
        int end = length - 1;
        while (end > 0 && rows[end - 1] != '\n') {
            end--;
        }
        return Math.max(0, end);
    }
}
