package org.intelmq.administration.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.intelmq.administration.logs.LogTail;

/** What a bot adds to its log. */
final class LogSource implements Source {

    private final LogTail tail;

    LogSource(Path file) {
        try {
            tail = new LogTail(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Map<String, Object>> news() {
        try {
            return tail.added().stream().map(PlainForm::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
