package org.intelmq.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.engine.wire.Wire;
import org.intelmq.jms.Parcel;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real outputs that write files. */
class FileRightsTest {

    @TempDir
    Path root;

    /** Logs, dumps and outputs hold what feeds said; what an operator has placed outside of var is as usual. */
    @Test
    void leavesNothingInVarForOthersToRead() throws IOException {
        EngineHarness harness = new EngineHarness(root, Catalogue.load(getClass().getClassLoader()));
        harness.configure("""
                output:
                  bot_id: output
                  module: intelmq.bots.outputs.file.output
                  parameters: {error_max_retries: 0, destination_queues: {_on_error: elsewhere-queue}}
                elsewhere:
                  bot_id: elsewhere
                  module: intelmq.bots.outputs.file.output
                  parameters: {file: "%s/public/events.txt"}
                """.formatted(root));
        harness.start();
        Event event = new Event(Harmonization.standard());
        event.add(Fields.COMMENT, "a");
        Wire.encode(Parcel.Kind.EVENTS, List.of(event), 0, 0).forEach(parcel -> harness.broker().send("output-queue", parcel));
        Wire.encode(Parcel.Kind.EVENTS, List.of(event), 0, 0).forEach(parcel -> harness.broker().send("elsewhere-queue", parcel));
        harness.run();
        List<Path> open = new ArrayList<>();
        List<Path> all = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(root.resolve("var"))) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                all.add(path);
                Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
                if (rights.stream().anyMatch(right -> right.name().startsWith("OTHERS_")) || rights.contains(PosixFilePermission.GROUP_WRITE)) {
                    open.add(path);
                }
            }
        }
        assertTrue(all.contains(root.resolve("var/lib/bots/file-output/events.txt")) && all.contains(root.resolve("var/log/output.log")), all.toString());
        assertEquals(List.of(), open);
        assertTrue(Files.isReadable(root.resolve("public/events.txt")));
    }

    /** The first file is written before the second cannot be, and then each event is tried alone. */
    @Test
    void anOutputTakesBackWhatItDidForABatchThatFails() throws IOException {
        EngineHarness harness = new EngineHarness(root, Catalogue.load(getClass().getClassLoader()));
        harness.configure("""
                output:
                  bot_id: output
                  module: intelmq.bots.outputs.file.output
                  parameters: {file: "%s/out/{event[comment]}.txt", format_filename: true, error_max_retries: 0}
                """.formatted(root));
        harness.start();
        Files.createDirectories(root.resolve("out/b.txt"));
        List<Message> batch = new ArrayList<>();
        for (String comment : List.of("a", "b", "c")) {
            Event event = new Event(Harmonization.standard());
            event.add(Fields.COMMENT, comment);
            event.identify(comment);
            batch.add(event);
        }
        Wire.encode(Parcel.Kind.EVENTS, batch, 0, 0).forEach(parcel -> harness.broker().send("output-queue", parcel));
        harness.run();
        assertEquals(1, Files.readAllLines(root.resolve("out/a.txt")).size());
        assertEquals(1, Files.readAllLines(root.resolve("out/c.txt")).size());
    }
}
