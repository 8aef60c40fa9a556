package org.intelmq.server.manager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.intelmq.server.testing.CommandLine;
import org.intelmq.server.testing.ServerProcess;

/** A server with a small pipeline that nothing feeds, and users, for what a web manager does. */
final class ManagerScene implements AutoCloseable {

    static final String PASSWORD = "correct horse";
    static final String ADMIN = "admin";
    static final String VIEWER = "looker";
    private static final String CONFIGURATION = """
            # kept by the manager
            global: {error_max_retries: 0, error_retry_delay: 0, logging_level: DEBUG}
            file-collector:
              group: Collector
              name: File
              module: intelmq.bots.collectors.file.collector_file
              description: Reads lists from a folder
              enabled: true
              run_mode: continuous
              parameters: {path: var/lib/bots/file-collector/, postfix: .csv, delete_file: true, name: Small List, provider: Example, rate_limit: 3600,
                destination_queues: {_default: [csv-parser-queue]}}
            http-collector:
              group: Collector
              name: Generic URL Fetcher
              module: intelmq.bots.collectors.http.collector_http
              description: Not in use
              enabled: false
              parameters: {http_url: "http://127.0.0.1:9/feed.csv", http_username: ann, http_password: secret-of-feed, name: Small List, provider: Example,
                rate_limit: 3600, destination_queues: {_default: [csv-parser-queue]}}
            csv-parser:
              group: Parser
              name: Generic CSV
              module: intelmq.bots.parsers.generic.parser_csv
              description: Parses the small list
              parameters: {columns: [time.source, source.ip, malware.name, source.port], delimiter: ",", type: infected-system,
                destination_queues: {_default: [filter-expert-queue]}}
            filter-expert:
              group: Expert
              name: Filter
              module: intelmq.bots.experts.filter.expert
              description: Keeps one malware
              parameters: {filter_action: keep, filter_key: malware.name, filter_value: zeus,
                destination_queues: {_default: [taxonomy-expert-queue], filter_out: [dropped-output-queue]}}
            taxonomy-expert:
              group: Expert
              name: Taxonomy
              module: intelmq.bots.experts.taxonomy.expert
              description: Adds the taxonomy
              parameters: {destination_queues: {_default: [file-output-queue]}}
            file-output:
              group: Output
              name: File
              module: intelmq.bots.outputs.file.output
              description: Writes what is kept
              parameters: {file: "{root}/var/lib/bots/file-output/events.txt", hierarchical_output: false, single_key: null} # kept too
            dropped-output:
              group: Output
              name: File
              module: intelmq.bots.outputs.file.output
              description: Writes what is filtered out
              parameters: {file: "{root}/var/lib/bots/file-output/dropped.txt"}
            old-output:
              group: Output
              name: File
              module: intelmq.bots.outputs.file.output
              description: Not used any more
              enabled: false
              parameters: {file: "{root}/var/lib/bots/file-output/old.txt"}
            """;

    final ServerProcess server;
    final Path root;

    /** @param pages the folder of the web manager's pages */
    ManagerScene(Path folder, Path pages) throws IOException, InterruptedException {
        root = folder.toRealPath();
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(root.resolve("var/lib/bots/file-collector"));
        Files.createDirectories(root.resolve("var/lib/bots/file-output"));
        Files.writeString(configuration(), CONFIGURATION.replace("{root}", root.toString()));
        server = ServerProcess.start(root, Map.of("INTELMQ_MANAGER_DIR", pages.toString()));
        CommandLine.addUser(root, ADMIN, "admin", PASSWORD);
        CommandLine.addUser(root, VIEWER, "viewer", PASSWORD);
    }

    Path configuration() {
        return root.resolve("etc/runtime.yaml");
    }

    @Override
    public void close() {
        server.close();
    }
}
