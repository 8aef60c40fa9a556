package org.intelmq.bot;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The data of a report that memory may be too small for: read bit by bit when it is stored, as often as that takes. */
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

    /** What the file holds when it is read. */
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
