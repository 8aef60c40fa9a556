package org.intelmq.engine.decode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.intelmq.bot.Seams;
import org.intelmq.text.GrowingArray;
import org.intelmq.text.encoding.ByteOrderMark;

/** A report's data cut into pieces, each beginning with the header. Memory holds one piece at a time. */
public final class ReportPieces {

    /** Small enough for many in memory, large enough for a transaction each. */
    private static final int BYTES = 1 << 20;
    /** The longest row, as a multiple of that size. A longer one is cut, and its parts, which are not rows, are set aside. */
    private static final int LONGEST_ROW = 16;
    /** In bytes. */
    public static final int LARGEST = LONGEST_ROW * BYTES;

    private final InputStream in;
    private final byte[] mark;
    private final Seams seams;
    private final int largestHeader;
    private final int longestRow;
    private byte[] buffer;
    private int length;
    private byte[] header;
    private boolean ended;

    /** @param encoding used for a report without a byte order mark; if there is one, each piece gets the mark of UTF-8 */
    ReportPieces(InputStream in, Seams seams, Charset encoding) throws IOException {
        this(in, seams, encoding, BYTES);
    }

    ReportPieces(InputStream in, Seams seams, Charset encoding, int bytes) throws IOException {
        ByteOrderMark.Unmarked unmarked = ByteOrderMark.takeFrom(in, encoding);
        this.in = unmarked.stream();
        this.mark = unmarked.isUtf8() ? ByteOrderMark.UTF_8.bytes() : new byte[0];
        this.seams = seams;
        this.largestHeader = bytes / 4;
        this.longestRow = bytes * LONGEST_ROW;
        this.buffer = new byte[bytes];
    }

    /** Returns {@code null} at the end. */
    byte[] next() throws IOException {
        fill();
        if (header == null) {
            header = takeHeader();
            fill();
        }
        if (length == 0) {
            return null;
        }
        int end = ended ? length : seams.last(buffer, length);
        while (end == 0 && !ended && buffer.length < longestRow) {
            buffer = GrowingArray.grown(buffer, buffer.length + 1L);
            fill();
            end = ended ? length : seams.last(buffer, length);
        }
        return take(end > 0 ? end : length);
    }

    private void fill() throws IOException {
        while (length < buffer.length && !ended) {
            int read = in.read(buffer, length, buffer.length - length);
            if (read < 0) {
                ended = true;
            } else {
                length += read;
            }
        }
    }

    /** A line that is too long for a header, such as a comment as long as the report, is left among the rows. */
    private byte[] takeHeader() {
        int end = seams.header(buffer, length);
        if (end > largestHeader || end == length) {
            return mark;
        }
        byte[] found = Arrays.copyOf(mark, mark.length + end);
        System.arraycopy(buffer, 0, found, mark.length, end);
        drop(end);
        return found;
    }

    private byte[] take(int end) {
        byte[] piece = Arrays.copyOf(header, header.length + end);
        System.arraycopy(buffer, 0, piece, header.length, end);
        drop(end);
        return piece;
    }

    private void drop(int end) {
        System.arraycopy(buffer, end, buffer, 0, length - end);
        length -= end;
    }
}
