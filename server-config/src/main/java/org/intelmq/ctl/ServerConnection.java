package org.intelmq.ctl;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;

/** The way to the running server: its address, its token, and with TLS the certificate it must show. Thread-safe. */
final class ServerConnection {

    static final Duration CONNECTING = Duration.ofSeconds(5);
    /** Starting many bots, stopping one at work, or an applied change that waits for a queue to empty takes its time. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int LARGEST_ANSWER = 256 << 20;

    static {
        // a POST whose answer is lost may have been done
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private final URI server;
    private final String token;
    private final String certificate;

    /** @param certificate of the server, in PEM; {@code null} without TLS */
    ServerConnection(URI server, String token, String certificate) {
        this.server = server;
        this.token = token;
        this.certificate = certificate;
    }

    /** An answer, whatever its status. */
    record Reply(int status, String content) {

        boolean isDone() {
            return status / 100 == 2;
        }
    }

    URI server() {
        return server;
    }

    /** With the client that the JVM starts soonest. */
    HttpURLConnection open(String method, String path) throws IOException {
        HttpURLConnection request = (HttpURLConnection) server.resolve(path).toURL().openConnection(Proxy.NO_PROXY);
        if (request instanceof HttpsURLConnection secure) {
            ServerCertificate.pin(secure, certificate);
        }
        request.setRequestMethod(method);
        request.setInstanceFollowRedirects(false);
        request.setConnectTimeout((int) CONNECTING.toMillis());
        request.setReadTimeout((int) PATIENCE.toMillis());
        request.setRequestProperty("Authorization", token);
        return request;
    }

    /**
     * Asks our own interface.
     *
     * @param path below {@code /api/v1/}
     * @param body {@code null} for none
     * @param type of the body
     * @throws NoServerException if there is no answer, or one that is too large
     */
    Reply ask(String method, String path, String body, String type) {
        try {
            HttpURLConnection request = open(method, "/api/v1/" + path);
            if (body != null) {
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                request.setRequestProperty("Content-Type", type + ";charset=UTF-8");
                request.setDoOutput(true);
                request.setFixedLengthStreamingMode(bytes.length);
                request.getOutputStream().write(bytes);
            }
            int status = request.getResponseCode();
            return new Reply(status, text(status / 100 == 2 ? request.getInputStream() : request.getErrorStream()));
        } catch (IOException e) {
            throw new NoServerException("The server at " + server + " does not answer: " + e, e);
        }
    }

    /** All of an answer; empty if there is none. */
    String text(InputStream answer) throws IOException {
        if (answer == null) {
            return "";
        }
        try (answer) {
            byte[] body = answer.readNBytes(LARGEST_ANSWER + 1);
            if (body.length > LARGEST_ANSWER) {
                throw new NoServerException("The server at " + server + " answers with more than " + LARGEST_ANSWER + " bytes: request less.");
            }
            return new String(body, StandardCharsets.UTF_8);
        }
    }
}
