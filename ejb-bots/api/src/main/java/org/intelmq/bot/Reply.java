package org.intelmq.bot;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.text.net.HttpText;
import org.intelmq.text.net.MaskedUrl;

/** The answer of a web service, whole and in memory; {@link Http} limits its size. */
public record Reply(HttpRequest request, int status, HttpHeaders headers, byte[] body) {

    /** Takes from an answer what is needed of it. */
    @FunctionalInterface
    public interface Reading<T> {
        T of(JsonObject answer) throws IOException;
    }

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

    /** Returns {@code null} if there is none. */
    public String header(String name) {
        return headers.firstValue(name).orElse(null);
    }

    /** The body as {@link HttpText} decodes it. */
    public String text() {
        return HttpText.decode(body, header("Content-Type"));
    }

    /** The body in UTF-8, whatever the header says: for services whose documentation says so. */
    public String utf8() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * Plain values, see {@link Json}.
     *
     * @throws IOException if it is not JSON, or would take too much memory
     */
    public Object json() throws IOException {
        try {
            return Json.parse(body);
        } catch (JsonException e) {
            throw new IOException(request.method() + ' ' + MaskedUrl.in(request.uri()) + " answered with invalid JSON: " + e.getMessage(), e);
        }
    }

    /** @throws IOException if it is not a JSON object */
    public JsonObject jsonObject() throws IOException {
        Object value = json();
        if (value instanceof Map<?, ?>) {
            return new JsonObject(value);
        }
        throw unexpected("a JSON object");
    }

    /**
     * What is read from the JSON object.
     *
     * @throws IOException naming the request, what came and what was expected, if it is not a JSON object, or a value in it is missing or of
     *     another type
     */
    public <T> T read(Reading<T> reading) throws IOException {
        JsonObject answer = jsonObject();
        try {
            return reading.of(answer);
        } catch (NoSuchElementException | ClassCastException e) {
            throw new IOException(request.method() + ' ' + MaskedUrl.in(request.uri()) + " answered with unusable JSON: " + e.getMessage(), e);
        }
    }

    /** @throws IOException if it is not a JSON list */
    public List<?> jsonList() throws IOException {
        if (json() instanceof List<?> list) {
            return list;
        }
        throw unexpected("a JSON list");
    }

    /** For an answer that does not have the expected form. */
    public IOException unexpected(String expected) {
        return new IOException(request.method() + ' ' + MaskedUrl.in(request.uri()) + " answered with " + StatusException.beginning(body)
                + ", expected " + expected);
    }
}
