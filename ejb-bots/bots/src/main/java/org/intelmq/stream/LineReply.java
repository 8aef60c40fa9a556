package org.intelmq.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.function.Function;
import org.intelmq.bot.Http;
import org.intelmq.bot.Intake;
import org.intelmq.message.Report;
import org.intelmq.text.net.MaskedUrl;

/** Reads an endless reply of a web server, line by line. */
public final class LineReply {

    private LineReply() { }

    /**
     * Returns when the server has ended the reply.
     *
     * @param reports creates a report from a line
     * @param strips whether white space at both ends of a line is removed
     * @param memory that long lines have to find room in
     * @throws IOException if the server cannot be reached, answers with a status other than 2xx, or falls silent
     */
    public static void read(Http http, URI address, Intake intake, Function<byte[], Report> reports, boolean strips, PushedMemory memory)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> reply = http.stream(http.request(address).GET().build());
        try (InputStream body = reply.body()) {
            if (reply.statusCode() / 100 != 2) {
                throw new IOException("HTTP response status code was " + reply.statusCode() + " for " + MaskedUrl.in(address) + ", expected 200");
            }
            intake.connected();
            new LineStream(intake, reports, strips, memory).read(body);
        } catch (InterruptedIOException e) {
            throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
        }
    }
}
