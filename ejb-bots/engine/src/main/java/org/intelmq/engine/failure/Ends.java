package org.intelmq.engine.failure;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.intelmq.files.PrivateFiles;
import org.intelmq.files.WholeFile;

/**
 * Counts how often the server has crashed or been killed while working on a message, so that a message that causes crashes is set aside
 * instead of causing them for ever. Each delivery costs a few bytes of memory. After a crash, the whole server works on one message at a time
 * until those that were under way are through. Thread-safe.
 */
public final class Ends {

    private static final Logger LOG = Logger.getLogger(Ends.class.getName());
    private static final String UNDER_WAY = "under-way";
    private static final String SUSPECTS = "ended-server";
    /** Prefixes of the files that Java leaves behind when it has run out of memory, and when it has crashed. */
    private static final String OUT_OF_MEMORY = "out-of-memory";
    private static final String CRASHES = "java-crash-*.log";
    private static final int MOST_OWN = 2;
    private static final int MOST = 10;
    private static final int MOST_SUSPECTS = 10_000;

    private final Path suspectsFile;
    private final UnderWay underWay;
    private final Map<String, Count> suspects = new ConcurrentHashMap<>();
    private final DeliveryRoom room = DeliveryRoom.ofServer();
    private final Caution caution;

    /**
     * @param own ends through lack of memory or a crash of Java, which the message may have caused
     * @param all ends for any reason, including kills, which are more likely to hit a message that takes long
     */
    public record Count(int own, int all) {

        public static final Count NONE = new Count(0, 0);

        Count plus(boolean byItself) {
            return new Count(own + (byItself ? 1 : 0), all + 1);
        }

        public boolean tooOften() {
            return own >= MOST_OWN || all >= MOST;
        }
    }

    /** A delivery being worked on. */
    public final class Attempt {

        private final String key;
        private final Count count;
        private final boolean isPart;
        private final int taken;
        private final UnderWay.Slot slot;

        private Attempt(String key, Count count, boolean isPart, int taken) {
            this.key = key;
            this.count = count;
            this.isPart = isPart;
            this.taken = taken;
            this.slot = underWay == null ? null : underWay.begin(key);
        }

        public boolean isSuspect() {
            return count.all() > 0;
        }

        /** How many times the server has ended while working on this delivery. */
        public Count count() {
            return count;
        }

        /** Called once, whatever the outcome. */
        public void over() {
            if (slot != null) {
                slot.clear();
            }
            room.giveBack(taken);
            if (count.own() > 0) {
                caution.went();
            }
        }

        /**
         * Called when the message has done no harm, or has been set aside.
         *
         * @param parts how many messages came of it that are as suspect as it is
         */
        public void passed(int parts) {
            if (isSuspect()) {
                caution.through(key, isPart, parts);
                if (suspects.remove(key) != null) {
                    write();
                }
            }
        }

        /** Called when memory has run out but the server continues. */
        public void memoryRanOut() {
            suspects.merge(key, Count.NONE.plus(true), (old, one) -> old.plus(true));
            caution.begin(List.of(key));
            write();
        }
    }

    private Ends(Path suspectsFile, UnderWay underWay, Map<String, Count> suspects, Clock clock) {
        this.caution = new Caution(clock);
        this.suspectsFile = suspectsFile;
        this.underWay = underWay;
        this.suspects.putAll(suspects);
    }

    /** Keeps no count across restarts. */
    public static Ends inMemory(Clock clock) {
        return new Ends(null, null, Map.of(), clock);
    }

    /**
     * Continues with the counts that the previous process has left.
     *
     * @param state folder of the counts
     * @param logs folder in which Java writes its crash reports
     */
    public static Ends at(Path state, Path logs, Clock clock) {
        try {
            PrivateFiles.createDirectories(state);
            Path file = state.resolve(SUSPECTS);
            Map<String, Count> suspects = read(file);
            boolean byItself = byItself(state, logs);
            UnderWay underWay = new UnderWay(state.resolve(UNDER_WAY));
            for (String key : underWay.before()) {
                suspects.merge(key, Count.NONE.plus(byItself), (old, one) -> old.plus(byItself));
            }
            if (!underWay.before().isEmpty()) {
                LOG.warning("The server has ended " + (byItself ? "because memory ran out or Java crashed" : "without an order to stop") + " while "
                        + underWay.before().size() + " messages were under way. They come again" + (byItself
                        ? ", and until they are through, the whole server works on one message at a time; a message that ends the server a second time "
                        + "is dumped." : "."));
            }
            Ends ends = new Ends(file, underWay, suspects, clock);
            if (byItself) {
                ends.caution.begin(suspects.entrySet().stream().filter(each -> each.getValue().own() > 0).map(Map.Entry::getKey).toList());
            }
            ends.write();
            return ends;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Messages under way cannot be recorded in " + state + ": a message that ends the server would do so again and again.", e);
            return inMemory(clock);
        }
    }

    /**
     * Begins work on a message, when there is room for it. One that may have ended the server has all the room, and so has every message until
     * those that ended the server are through.
     *
     * @param endsBefore ends of the server by the message that this one was part of
     * @param bytes of the message
     */
    public Attempt begin(String name, int endsBefore, long bytes) throws InterruptedException {
        String key = UnderWay.fit(name);
        Count known = suspects.isEmpty() ? Count.NONE : suspects.getOrDefault(key, Count.NONE);
        Count count = endsBefore == 0 ? known : new Count(known.own() + endsBefore, known.all() + endsBefore);
        if (count.own() == 0) {
            return new Attempt(key, count, false, caution.isOn() ? room.takeAll() : room.take(bytes));
        }
        caution.came();
        int taken = 0;
        try {
            taken = room.takeAll();
        } finally {
            if (taken == 0) {
                caution.went();
            }
        }
        return new Attempt(key, count, endsBefore > 0, taken);
    }

    /** Called when the server stops on request: messages cut off by that are not suspected. */
    public void stopped() {
        if (underWay != null) {
            underWay.forget();
        }
    }

    private static boolean byItself(Path state, Path logs) throws IOException {
        boolean outOfMemory = Files.deleteIfExists(state.resolve(OUT_OF_MEMORY));
        // written at each start
        Path suspects = state.resolve(SUSPECTS);
        if (outOfMemory || !Files.exists(suspects) || !Files.isDirectory(logs)) {
            return outOfMemory;
        }
        FileTime begun = Files.getLastModifiedTime(suspects);
        try (DirectoryStream<Path> crashes = Files.newDirectoryStream(logs, CRASHES)) {
            for (Path crash : crashes) {
                if (Files.getLastModifiedTime(crash).compareTo(begun) > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Map<String, Count> read(Path file) throws IOException {
        Map<String, Count> suspects = new HashMap<>();
        for (String line : Files.exists(file) ? Files.readAllLines(WholeFile.require(file)) : List.<String>of()) {
            String[] parts = line.split(" ", 3);
            if (parts.length == 3 && parts[0].matches("\\d{1,9}") && parts[1].matches("\\d{1,9}")) {
                suspects.put(parts[2], new Count(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])));
            }
        }
        return suspects;
    }

    private synchronized void write() {
        if (suspectsFile == null) {
            return;
        }
        List<String> lines = new ArrayList<>();
        suspects.forEach((key, count) -> lines.add(count.own() + " " + count.all() + " " + key));
        Path next = suspectsFile.resolveSibling(SUSPECTS + ".new");
        try {
            PrivateFiles.writeString(next, lines.subList(Math.max(0, lines.size() - MOST_SUSPECTS), lines.size()).stream()
                    .map(line -> line + '\n').collect(Collectors.joining()));
            Files.move(next, suspectsFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot write " + suspectsFile + ": a message that ends the server may do so again", e);
        }
    }
}
