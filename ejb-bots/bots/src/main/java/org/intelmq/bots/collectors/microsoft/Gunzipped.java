package org.intelmq.bots.collectors.microsoft;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import org.intelmq.bot.ReportData;
import org.intelmq.files.LimitedInput;
import org.intelmq.files.UnpackedSize;

/** The content of a gzip file, unpacked as it is read; one that would grow out of all proportion is refused. */
record Gunzipped(ReportData packed, long size) implements ReportData {

    private static final long MOST = 4L << 30;

    /** @throws IOException if it is not a gzip file, or is damaged or too large */
    static Gunzipped whole(ReportData packed) throws IOException {
        if (packed.size() == 0) {
            return new Gunzipped(packed, 0);
        }
        try (InputStream content = open(packed)) {
            return new Gunzipped(packed, content.transferTo(OutputStream.nullOutputStream()));
        }
    }

    @Override
    public InputStream open() throws IOException {
        return open(packed);
    }

    private static InputStream open(ReportData packed) throws IOException {
        long most = Math.min(MOST, UnpackedSize.most(packed.size()));
        return new LimitedInput(new GZIPInputStream(packed.open()), most,
                () -> new IOException("the file unpacks to more than " + most + " bytes"));
    }
}
