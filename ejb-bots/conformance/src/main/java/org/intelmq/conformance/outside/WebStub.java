package org.intelmq.conformance.outside;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.intelmq.replay.Markers;
import org.intelmq.replay.Plain;

/**
 * A web server on the loopback that answers as a case says and keeps what it was asked. Each reply goes to the first request that
 * fits its {@code method} and {@code path} (a regular expression), {@code times} times; what nothing fits gets a 404. Thread-safe.
 */
final class WebStub extends LoopbackServer {

    /** They depend on the connection; what is left is compared. */
    private static final Set<String> OF_THE_CONNECTION = Set.of("host", "connection", "accept-encoding", "content-length");
    private static final Map<String, Object> NOT_FOUND = Map.of("status", 404L);

    private final List<Map<String, Object>> replies;
    private final int[] used;
    private final List<Object> requests = new ArrayList<>();

    /** @param replies with {@code status}, {@code headers}, {@code body} or {@code chunks}, {@code delay}, {@code close}, {@code break} */
    WebStub(List<Map<String, Object>> replies) throws IOException {
        super("web stub of a replayed case");
        this.replies = List.copyOf(replies);
        this.used = new int[replies.size()];
        listen();
    }

    /** In order of their arrival: method, address, headers in lower case, body as text. */
    synchronized List<Object> requests() {
        return List.copyOf(requests);
    }

    @Override
    void serve(Socket client) throws IOException, InterruptedException {
        InputStream in = new BufferedInputStream(client.getInputStream());
        String first = line(in);
        if (first == null) {
            return;
        }
        Map<String, Object> headers = new LinkedHashMap<>();
        for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt((String) headers.getOrDefault("content-length", "0")));
        answer(taken(first.split(" "), headers, body), client.getOutputStream());
    }

    /** {@code null} at the end. */
    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return null;
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    private synchronized Map<String, Object> taken(String[] request, Map<String, Object> headers, byte[] body) {
        headers.keySet().removeAll(OF_THE_CONNECTION);
        Map<String, Object> kept = new LinkedHashMap<>();
        kept.put("method", request[0]);
        Object meant = headers.remove(HostsHere.MEANT.toLowerCase(Locale.ROOT));
        // after a redirect the path is another one on the same host
        String unmeant = request[1].startsWith("/") ? "http://127.0.0.1:" + port() + request[1] : request[1];
        kept.put("url", meant != null ? URI.create(meant.toString()).resolve(request[1]).toString() : unmeant);
        kept.put("headers", headers);
        kept.put("body", new String(body, StandardCharsets.UTF_8));
        requests.add(kept);
        for (int i = 0; i < used.length; i++) {
            Map<String, Object> reply = replies.get(i);
            boolean fits = request[0].equals(reply.getOrDefault("method", request[0]))
                    && request[1].matches((String) reply.getOrDefault("path", ".*"));
            if (fits && used[i] < ((Number) reply.getOrDefault("times", 1L)).intValue()) {
                used[i]++;
                return reply;
            }
        }
        return NOT_FOUND;
    }

    private static void answer(Map<String, Object> reply, OutputStream out) throws IOException, InterruptedException {
        Thread.sleep((long) (1000 * ((Number) reply.getOrDefault("delay", 0L)).doubleValue()));
        if (Boolean.TRUE.equals(reply.get("close"))) {
            return;
        }
        boolean isCut = Boolean.TRUE.equals(reply.get("break"));
        List<Object> chunks = reply.containsKey("chunks") ? Plain.list(reply.get("chunks")) : null;
        byte[] body = bytes(reply.getOrDefault("body", ""));
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(reply.getOrDefault("status", 200L)).append(" Recorded\r\nConnection: close\r\n");
        Plain.map(reply.get("headers")).forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append(chunks == null ? "Content-Length: " + (body.length + (isCut ? 1 : 0)) : "Transfer-Encoding: chunked").append("\r\n\r\n");
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        if (chunks == null) {
            out.write(body);
        } else {
            for (Object chunk : chunks) {
                byte[] piece = bytes(chunk);
                out.write((Integer.toHexString(piece.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(piece);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            if (!isCut) {
                out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        }
        out.flush();
    }

    private static byte[] bytes(Object content) {
        return content instanceof Markers.Bytes marked ? marked.content() : content.toString().getBytes(StandardCharsets.UTF_8);
    }
}
