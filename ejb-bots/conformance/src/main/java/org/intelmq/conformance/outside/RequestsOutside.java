package org.intelmq.conformance.outside;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.intelmq.replay.Comparison;
import org.intelmq.replay.Plain;
import org.intelmq.replay.StreamSource;

/** Requests to a bot that is a web server, on a port or a Unix socket, and what they are answered. */
final class RequestsOutside extends ClientsOutside {

    /** {@code http_requests} in {@code given}, {@code responses} and {@code socket_mode} in {@code sent}. */
    static final OutsideKind KIND = OutsideKind.of(Set.of("http_requests"), Set.of("responses", "socket_mode"), RequestsOutside::start);

    private final List<Map<String, Object>> requests;
    private final Path socket;
    private final List<Object> responses = new ArrayList<>();
    private String mode;

    private RequestsOutside(Map<String, Object> record, Path folder) throws IOException {
        super(record, folder);
        this.requests = Plain.list(Plain.map(record.get("given")).get("http_requests"));
        Object path = Plain.map(record.get("parameters")).get("socket_path");
        this.socket = path == null ? null : Path.of(path.toString().replace("{root}", folder.toString()));
    }

    @Override
    public StreamSource source() {
        return () -> {
            if (socket != null) {
                mode = "0o" + Integer.toOctalString((int) Files.getAttribute(socket, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 0777);
            }
            for (Map<String, Object> request : requests) {
                responses.add(response(request));
            }
        };
    }

    private Map<String, Object> response(Map<String, Object> request) throws IOException {
        SocketAddress address = socket == null ? new InetSocketAddress("127.0.0.1", port()) : UnixDomainSocketAddress.of(socket);
        byte[] body = bytes(request.get("body"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringBuilder head = new StringBuilder(request.get("method") + " " + request.get("path") + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n");
        Plain.map(request.get("headers")).forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append(request.get("body") == null ? "" : "Content-Length: " + body.length + "\r\n").append("\r\n");
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        try (SocketChannel channel = SocketChannel.open(address)) {
            ByteBuffer sending = ByteBuffer.wrap(bytes.toByteArray());
            while (sending.hasRemaining()) {
                channel.write(sending);
            }
            return read(new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Map<String, Object> read(String response) {
        int end = response.indexOf("\r\n\r\n");
        String[] head = response.substring(0, Math.max(0, end)).split("\r\n");
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < head.length; i++) {
            String[] parts = head[i].split(":", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
        }
        Map<String, Object> read = new LinkedHashMap<>();
        read.put("status", Long.parseLong(head[0].split(" ")[1]));
        read.put("body", response.substring(end + 4));
        read.put("content_type", headers.get("content-type"));
        read.put("allow", headers.get("allow"));
        return read;
    }

    private static Outside start(Map<String, Object> record, Path folder) throws IOException {
        return new RequestsOutside(record, folder);
    }

    @Override
    public void compare(Map<String, Object> record, Comparison comparison) {
        Map<String, Object> sent = Plain.map(record.get("sent"));
        comparison.compare("sent.responses", sent.get("responses"), responses);
        if (sent.containsKey("socket_mode")) {
            comparison.compare("sent.socket_mode", sent.get("socket_mode"), mode);
        }
    }
}
