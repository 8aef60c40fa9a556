package org.intelmq.bot;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.text.net.HttpText;
import org.intelmq.text.net.MaskedUrl;

/** What a web service has answered, whole and in memory: {@link Http} limits how much that can be. */
public record Reply(HttpRequest request, int status, HttpHeaders headers, byte[] body) {

    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /**
     * This reply.
     *
     * @throws StatusException for a status other than 2xx
     */
    public Reply checked() throws StatusException {
        if (!isSuccess()) {
            throw new StatusException(request, status, body);
        }
        return this;
    }

    /** {@code null} if there is none. */
    public String header(String name) {
        return headers.firstValue(name).orElse(null);
    }

    /** As {@link HttpText} decodes it. */
    public String text() {
        return HttpText.decode(body, header("Content-Type"));
    }

    /** In UTF-8, whatever the header says: for services whose documentation says so. */
    public String utf8() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * Plain values, see {@link Json}.
     *
     * @throws IOException if it is no JSON, or more of it than memory bears
     */
    public Object json() throws IOException {
        try {
            return Json.parse(body);
        } catch (JsonException e) {
            throw new IOException(request.method() + ' ' + MaskedUrl.in(request.uri()) + " answered with invalid JSON: " + e.getMessage(), e);
        }
    }

    /** @throws IOException if it is no JSON object */
    public JsonObject jsonObject() throws IOException {
        Object value = json();
        if (value instanceof Map<?, ?>) {
            return new JsonObject(value);
        }
        throw unexpected("a JSON object");
    }

    /** @throws IOException if it is no JSON list */
    public List<?> jsonList() throws IOException {
        if (json() instanceof List<?> list) {
            return list;
        }
        throw unexpected("a JSON list");
    }

    /** For what a service has answered in another form than it should. */
    public IOException unexpected(String expected) {
        return new IOException(request.method() + ' ' + MaskedUrl.in(request.uri()) + " answered with " + StatusException.beginning(body)
                + ", expected " + expected);
    }
}
