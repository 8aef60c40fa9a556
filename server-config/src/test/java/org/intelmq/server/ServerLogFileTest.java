package org.intelmq.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogFileTest {

    @TempDir
    Path folder;

    private final List<String> refusals = new ArrayList<>();

    private ServerLogFile log(int copies) {
        ServerLogFile log = new ServerLogFile(folder.resolve("server.log"), 100, copies, ServerLogFile.Form.INTELMQ);
        log.setFormatter(new Formatter() {
            @Override
            public String format(LogRecord line) {
                return line.getMessage() + "\n";
            }
        });
        return log;
    }

    private static void write(ServerLogFile log, int from, int to) {
        for (int i = from; i < to; i++) {
            log.publish(new LogRecord(Level.INFO, "a line of twenty: %02d".formatted(i)));
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private String last(String name) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(name));
        return lines.get(lines.size() - 1);
    }

    @Test
    void putsAFileAsideThatHasGrownAndKeepsTheNewest() throws IOException {
        ServerLogFile log = log(2);
        write(log, 0, 18);
        log.close();
        assertEquals(List.of("server.log", "server.log.1", "server.log.2"), files());
        assertEquals("a line of twenty: 17", last("server.log"));
        assertEquals("a line of twenty: 15", last("server.log.1"));
        assertEquals("a line of twenty: 11", last("server.log.2"));
        for (String file : files()) {
            assertTrue(Files.size(folder.resolve(file)) <= 100, file);
            assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))));
        }
    }

    @Test
    void goesOnWithTheFileThatIsThere() throws IOException {
        for (int start = 0; start < 3; start++) {
            ServerLogFile log = log(1);
            write(log, start, start + 1);
            log.close();
        }
        assertEquals(List.of("server.log"), files());
        assertEquals(3, Files.readAllLines(folder.resolve("server.log")).size());
    }

    @Test
    void writesAnewWhatWasMovedAway() throws IOException {
        ServerLogFile log = log(1);
        write(log, 0, 1);
        Files.move(folder.resolve("server.log"), folder.resolve("elsewhere"));
        write(log, 1, 2);
        log.close();
        assertEquals("a line of twenty: 01", last("server.log"));
    }

    /** A folder of that name is in the way. */
    @Test
    void losesNoLineIfNothingCanBePutAside() throws IOException {
        Files.createDirectories(folder.resolve("server.log.1/full"));
        ServerLogFile log = log(1);
        log.setErrorManager(new ErrorManager() {
            @Override
            public synchronized void error(String text, Exception reason, int code) {
                refusals.add(text);
            }
        });
        write(log, 0, 9);
        log.close();
        assertEquals(9, Files.readAllLines(folder.resolve("server.log")).size());
        assertEquals(List.of("cannot rotate " + folder.resolve("server.log")), refusals.stream().distinct().toList());
        assertEquals(2, refusals.size(), "tried again when it is as large again");
    }

    @Test
    void refusesASizeThatIsNone() {
        for (String wrong : List.of("0", "many", "-1", "10000")) {
            ServerException problem = assertThrows(ServerException.class, () -> ServerLog.open(Layout.at(folder), Map.of(ServerLog.MEGABYTES, wrong)));
            assertEquals("the environment's INTELMQ_SERVER_LOG_MEGABYTES cannot be \"" + wrong + "\": expected a whole number from 1 to 9999",
                    problem.getMessage());
        }
    }

    @Test
    void refusesAFormatThatIsNone() {
        ServerException problem = assertThrows(ServerException.class, () -> ServerLog.open(Layout.at(folder), Map.of(ServerLog.FORMAT, "json")));
        assertEquals("the environment's INTELMQ_LOGGING_FORMAT cannot be \"json\": expected intelmq or ecs", problem.getMessage());
    }
}
