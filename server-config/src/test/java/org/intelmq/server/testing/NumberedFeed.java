package org.intelmq.server.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/** Numbered rows that go into a collector's folder file by file; the number is in the comment of the event that each becomes. */
public final class NumberedFeed {

    private static final String MARK = "\"comment\": \"n";

    private final Path root;
    private final IntPredicate broken;
    private int rows;
    private int files;

    public NumberedFeed(Path root) {
        this(root, row -> false);
    }

    /** @param broken which rows have no valid address */
    public NumberedFeed(Path root, IntPredicate broken) {
        this.root = root;
        this.broken = broken;
    }

    /** The next rows as one file, complete when it is seen. */
    public void add(int number) throws IOException {
        bring(text(number));
    }

    /** The next rows in two files, which differ in the port. */
    public void addTwice(int number) throws IOException {
        String text = text(number);
        bring(text);
        bring(text.replace(",443,", ",80,"));
    }

    private void bring(String text) throws IOException {
        Files.createDirectories(folder());
        Path file = Files.writeString(root.resolve("var/next"), text);
        Files.move(file, folder().resolve(files++ + ".csv"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The next rows, to be brought in some other way. */
    public String text(int number) {
        StringBuilder text = new StringBuilder("address,port,row\n");
        for (int end = rows + number; rows < end; rows++) {
            text.append(broken.test(rows) ? "no address" : "93." + (rows >> 16) + '.' + (rows >> 8 & 255) + '.' + (rows & 255))
                    .append(",443,n").append(rows).append('\n');
        }
        return text.toString();
    }

    /** Rows added so far. */
    public int rows() {
        return rows;
    }

    public boolean isTakenUp() throws IOException {
        try (Stream<Path> waiting = Files.list(folder())) {
            return waiting.findAny().isEmpty();
        }
    }

    private Path folder() {
        return root.resolve("var/in");
    }

    /** The different rows in a file with an event a line. */
    public static Set<Integer> rowsIn(Path file) throws IOException {
        Set<Integer> found = new HashSet<>();
        if (!Files.exists(file)) {
            return found;
        }
        try (Stream<String> lines = Files.lines(file)) {
            // a kill may tear the last line of a write, until its events come again
            lines.filter(line -> line.endsWith("}")).forEach(line -> found.add(rowIn(line)));
        }
        return found;
    }

    /** How many lines there are, torn ones too. */
    public static int linesIn(Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(file)) {
            return (int) lines.count();
        }
    }

    public static int rowIn(String event) {
        int from = event.indexOf(MARK) + MARK.length();
        return Integer.parseInt(event, from, event.indexOf('"', from), 10);
    }
}
