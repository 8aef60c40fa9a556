package org.intelmq.server.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The configuration of a pipeline that takes a {@link NumberedFeed} from {@code var/in} and hands its rows to some outputs. */
public final class NumberedPipeline {

    private final Path root;
    private final Map<String, String> outputs = new LinkedHashMap<>();
    private final List<String> global = new ArrayList<>();
    private String collector = ", chunk_size: 100000";
    private String columns = "source.ip, source.port, comment";
    private boolean hasExpert;

    public NumberedPipeline(Path root) {
        this.root = root;
    }

    /** A parameter of all bots. */
    public NumberedPipeline global(String parameter) {
        global.add(parameter);
        return this;
    }

    /** More parameters of the collector, instead of the size of its pieces; none if empty. */
    public NumberedPipeline collector(String parameters) {
        collector = parameters.isEmpty() ? "" : ", " + parameters;
        return this;
    }

    /** The names of the columns, if they differ from those of the feed; one is {@code comment}. */
    public NumberedPipeline columns(String names) {
        columns = names;
        return this;
    }

    /** An expert between parser and outputs. */
    public NumberedPipeline expert() {
        hasExpert = true;
        return this;
    }

    /** The output {@code file}, which writes {@code var/out/events.txt}. */
    public NumberedPipeline file() {
        return output("file", "file", "file: %s/var/out/events.txt".formatted(root));
    }

    /** @param id of a bot that writes into the file {@code var/out/events} of H2 */
    public NumberedPipeline h2(String id) {
        return output(id, "sql", "engine: h2, database: %s/var/out/events".formatted(root));
    }

    /** @param port of a server on this machine that lets {@code postgres} in without a password */
    public NumberedPipeline postgresql(String id, int port) {
        return output(id, "sql", "engine: postgresql, host: 127.0.0.1, port: %d, database: postgres, user: postgres, sslmode: disable".formatted(port));
    }

    /** @param kind the part of the module's name that differs from output to output */
    public NumberedPipeline output(String id, String kind, String parameters) {
        outputs.put(id, """
                %s:
                  group: Output
                  module: intelmq.bots.outputs.%s.output
                  parameters: {%s}
                """.formatted(id, kind, parameters));
        return this;
    }

    /** Makes the folders and writes {@code runtime.yaml}; where there is one, it changes in an instant. */
    public void write() throws IOException {
        for (String folder : List.of("etc", "var/in", "var/out")) {
            Files.createDirectories(root.resolve(folder));
        }
        Path written = Files.writeString(root.resolve("etc/runtime.new"), text());
        Files.move(written, root.resolve("etc/runtime.yaml"), StandardCopyOption.ATOMIC_MOVE);
    }

    private String text() {
        String ends = outputs.keySet().stream().map(id -> id + "-queue").collect(Collectors.joining(", "));
        String expert = """
                expert:
                  group: Expert
                  module: intelmq.bots.experts.taxonomy.expert
                  parameters: {destination_queues: {_default: [%s]}}
                """.formatted(ends);
        return """
                global: {%s}
                collector:
                  group: Collector
                  module: intelmq.bots.collectors.file.collector_file
                  parameters: {path: %s/var/in, postfix: .csv, delete_file: true, rate_limit: 1%s,
                    destination_queues: {_default: [parser-queue]}}
                parser:
                  group: Parser
                  module: intelmq.bots.parsers.generic.parser_csv
                  parameters: {columns: [%s], skip_header: true, default_fields: {classification.type: scanner},
                    destination_queues: {_default: [%s]}}
                """.formatted(String.join(", ", global), root, collector, columns, hasExpert ? "expert-queue" : ends)
                + (hasExpert ? expert : "") + String.join("", outputs.values());
    }
}
