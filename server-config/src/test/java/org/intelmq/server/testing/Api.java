package org.intelmq.server.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.intelmq.message.Json;

/** A running server over HTTP; address and token are those of its {@code var/run/server.json}. */
public final class Api {

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI url;
    private final String token;

    private Api(URI url, String token) {
        this.url = url;
        this.token = token;
    }

    public static Api of(Path root) {
        try {
            Map<?, ?> server = (Map<?, ?>) Json.parse(Files.readString(root.resolve("var/run/server.json")));
            return new Api(URI.create((String) server.get("url")), (String) server.get("token"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Api withToken(String other) {
        return new Api(url, other);
    }

    public String get(String path) {
        return good(call("GET", path, ""));
    }

    public String post(String path, String body) {
        return good(call("POST", path, body));
    }

    /** The answer read as JSON. */
    public Object json(String path) {
        return Json.parse(get(path));
    }

    /** All files are taken up and nothing waits in any queue, the dead-letter queue among them. */
    public boolean hasDrained(NumberedFeed feed) throws IOException {
        return feed.isTakenUp() && queues().values().stream().allMatch(length -> length == 0);
    }

    /** Events that wait, by queue, the collectors' ticks left out. */
    public Map<String, Long> queues() {
        Map<String, Long> lengths = new TreeMap<>();
        ((List<?>) json("api/v1/queues")).stream().map(each -> (Map<?, ?>) each)
                .forEach(queue -> lengths.put((String) queue.get("name"), (Long) queue.get("waiting")));
        lengths.keySet().removeIf(queue -> queue.endsWith(".tick"));
        return lengths;
    }

    public HttpResponse<String> call(String method, String path, String body) {
        return call(method, path, null, body);
    }

    /** @param type of the body; {@code null} to leave it out */
    public HttpResponse<String> call(String method, String path, String type, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path)).method(method, HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", token);
        }
        if (type != null) {
            request.header("Content-Type", type);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The status answered to a body of any size. */
    public int status(String path, HttpRequest.BodyPublisher body) {
        try {
            return http.send(HttpRequest.newBuilder(url.resolve(path)).header("Authorization", token).POST(body).build(),
                    HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String good(HttpResponse<String> answer) {
        if (answer.statusCode() >= 400) {
            throw new IllegalStateException("HTTP " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }
}
