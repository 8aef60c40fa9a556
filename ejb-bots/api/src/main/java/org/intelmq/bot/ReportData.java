package org.intelmq.bot;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The data of a report, which may be larger than memory. It is read piece by piece when it is stored, as often as necessary. */
public interface ReportData {

    /** In bytes. */
    long size() throws IOException;

    InputStream open() throws IOException;

    /** Data in memory; the array must not change. */
    static ReportData of(byte[] content) {
        return new ReportData() {
            @Override
            public long size() {
                return content.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(content);
            }
        };
    }

    /** The content that the file has when it is read. */
    static ReportData of(Path file) {
        return new ReportData() {
            @Override
            public long size() throws IOException {
                return Files.size(file);
            }

            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }
        };
    }
}
