package org.intelmq.bot.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.intelmq.bot.Row;
import org.intelmq.bot.Rows;
import org.intelmq.bot.Seams;
import org.intelmq.text.Whitespace;

/** The lines that are not blank, stripped. The text of a row is its line below the header lines so far. */
public final class Lines implements Rows<String> {

    private static final Predicate<String> NONE = line -> false;

    private final Predicate<String> header;
    private final Predicate<String> ignored;
    private final boolean showsHeader;

    private Lines(Predicate<String> header, Predicate<String> ignored, boolean showsHeader) {
        this.header = header;
        this.ignored = ignored;
        this.showsHeader = showsHeader;
    }

    public static Lines all() {
        return new Lines(NONE, NONE, false);
    }

    /** Lines with the prefix are left out and not kept anywhere. */
    public static Lines ignoring(String prefix) {
        return new Lines(NONE, line -> line.startsWith(prefix), false);
    }

    /** Lines with the prefix are left out, but kept for the text of rows that are set aside. */
    public static Lines withHeader(String prefix) {
        return new Lines(line -> line.startsWith(prefix), NONE, false);
    }

    /** Lines with the prefix are kept for rows that are set aside, and are rows too: for a mapper that reads them. */
    public static Lines withShownHeader(String prefix) {
        return new Lines(line -> line.startsWith(prefix), NONE, true);
    }

    @Override
    public void split(String text, Consumer<Row<String>> rows) {
        List<String> headers = new ArrayList<>();
        Whitespace.forEachLine(text, unstripped -> {
            String line = Whitespace.strip(unstripped);
            if (line.isEmpty() || ignored.test(line)) {
                return;
            }
            boolean isHeader = header.test(line);
            if (isHeader) {
                headers.add(line);
                if (!showsHeader) {
                    return;
                }
            }
            rows.accept(new Row<>(line, () -> isHeader ? String.join("\n", headers) : below(headers, line)));
        });
    }

    @Override
    public Optional<Seams> seams() {
        return Optional.of(new LineSeams(header));
    }

    /** A report of header lines and one more line. */
    public static String below(List<String> headers, String line) {
        return headers.isEmpty() ? line : String.join("\n", headers) + '\n' + line;
    }
}
