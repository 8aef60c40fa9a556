package org.intelmq.jms.artemis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.logging.Level;
import java.util.logging.Logger;

/** How much waited in each queue when the broker was told to stop: if there is less at the next start, it was damaged in between. */
final class QueueLengths {

    private static final Logger LOG = Logger.getLogger(QueueLengths.class.getName());

    private final Path file;

    QueueLengths(Path file) {
        this.file = file;
    }

    void write(Map<String, Long> lengths) {
        List<String> lines = new ArrayList<>();
        lengths.forEach((queue, length) -> lines.add(length + " " + queue));
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot write " + file + ": messages lost to a damaged disk would not be noticed at the next start", e);
        }
    }

    /** What is missing, one line per queue. Asked once, because after a crash nobody knows what there was. */
    List<String> missing(ToLongFunction<String> now) {
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, Long> entry : take().entrySet()) {
            long before = entry.getValue();
            long left = now.applyAsLong(entry.getKey());
            if (left < before) {
                missing.add("queue '" + entry.getKey() + "' had " + before + " events when the server stopped and has " + left
                        + " now: the others are lost, because the broker's journal was damaged in between. Check the disk");
            }
        }
        return missing;
    }

    private Map<String, Long> take() {
        Map<String, Long> lengths = new TreeMap<>();
        try {
            for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                int space = line.indexOf(' ');
                lengths.put(line.substring(space + 1), Long.parseLong(line, 0, Math.max(space, 0), 10));
            }
            Files.deleteIfExists(file);
        } catch (IOException | NumberFormatException e) {
            LOG.log(Level.WARNING, "cannot read " + file + ", so it is not known how many events were waiting when the server stopped", e);
        }
        return lengths;
    }
}
