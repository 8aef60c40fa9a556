package org.intelmq.bot;

import java.io.IOException;
import java.io.InputStream;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Report;
import org.intelmq.text.GrowingArray;
import org.intelmq.text.encoding.Base64Text;

/** The largest report that is read as a whole: it is in memory in a dozen forms on its way, so a larger one would crash the server. */
public final class ReportSize {

    /** The limit in bytes of data: a twentieth of the available memory. */
    public static final long MOST = Runtime.getRuntime().maxMemory() / 20;

    private ReportSize() { }

    /** @throws ReportTooLargeException saying what is wrong and what can be done about it */
    public static void check(String name, long bytes) throws ReportTooLargeException {
        if (bytes > MOST) {
            throw new ReportTooLargeException(name + " has " + bytes + " bytes, more than the " + MOST + " that can be read whole: "
                    + "send it to a parser that reads line by line, split it (chunk_size), or give the server more memory (INTELMQ_HEAP)");
        }
    }

    /**
     * Puts the data into the report.
     *
     * @throws ReportTooLargeException if that is too much
     */
    public static void fill(Report report, String name, InputStream data) throws IOException {
        byte[] content = data.readNBytes((int) Math.min(MOST + 1, GrowingArray.MOST_BYTES));
        check(name, content.length);
        report.addUnsanitized(Fields.RAW, Base64Text.encode(content), IfPresent.REPLACE, true);
    }
}
