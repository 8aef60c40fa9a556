package org.intelmq.bot;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.intelmq.text.net.MaskedUrl;

/** A web service has refused a request, or failed to handle it. The message names the request, the status and the beginning of the answer. */
public final class StatusException extends IOException {

    private static final long serialVersionUID = 1L;
    private static final int MOST_TOLD = 200;
    /** In bytes. */
    static final int MOST_LOOKED_AT = 4 * MOST_TOLD;

    private final int status;

    StatusException(HttpRequest request, int status, byte[] body) {
        super(request.method() + ' ' + MaskedUrl.in(request.uri()) + " answered with status " + status + ", expected 200" + told(body));
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** Whether the service will always answer this request in this way, rather than being busy now. */
    public boolean isFinal() {
        return status / 100 == 4 && status != 408 && status != 425 && status != 429;
    }

    private static String told(byte[] body) {
        String beginning = beginning(body);
        return beginning.isEmpty() ? "" : ": " + beginning;
    }

    /** The beginning of a text, on one line. */
    static String beginning(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, MOST_LOOKED_AT), StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return MaskedUrl.in(text.length() > MOST_TOLD ? text.substring(0, MOST_TOLD) + "…" : text);
    }
}
