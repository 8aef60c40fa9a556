package org.intelmq.bots.outputs.elasticsearch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.intelmq.message.Json;
import org.opensearch.common.settings.Settings;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.node.NodeValidationException;
import org.opensearch.plugins.Plugin;
import org.opensearch.transport.Netty4Plugin;

/** A real OpenSearch in this process, which can be stopped and started at the same place. */
final class OpenSearchNode implements AutoCloseable {

    private final Path folder;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();
    private Node node;

    /** A node has no public constructor that takes plug-ins. */
    private static final class Embedded extends Node {

        Embedded(Settings settings) {
            super(InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "test"), List.<Class<? extends Plugin>>of(Netty4Plugin.class),
                    false);
        }
    }

    OpenSearchNode(Path folder) throws IOException, NodeValidationException {
        this.folder = folder;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        start();
    }

    void start() throws NodeValidationException {
        node = new Embedded(Settings.builder().put("path.home", folder.toString()).put("cluster.name", "test").put("node.name", "test")
                .put("discovery.type", "single-node").put("transport.type", "netty4").put("http.type", "netty4").put("network.host", "127.0.0.1")
                .put("http.port", port).put("transport.port", 0).put("cluster.routing.allocation.disk.threshold_enabled", false).build());
        node.start();
    }

    void stop() throws IOException {
        node.close();
    }

    int port() {
        return port;
    }

    /** The answer's status and body. */
    String ask(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + '/' + path)).header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)).build();
        HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
        return reply.statusCode() + " " + reply.body();
    }

    /** How many documents an index has, all that were answered for among them. */
    long count(String index) throws IOException, InterruptedException {
        ask("POST", index + "/_refresh", "");
        Map<?, ?> answer = (Map<?, ?>) Json.parse(ask("GET", index + "/_count", "").substring("200 ".length()));
        return (Long) answer.get("count");
    }

    @Override
    public void close() throws IOException {
        node.close();
    }
}
