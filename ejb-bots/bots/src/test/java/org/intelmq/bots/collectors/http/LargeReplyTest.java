package org.intelmq.bots.collectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.intelmq.bot.Download;
import org.intelmq.bot.Http;
import org.intelmq.bot.ReportData;
import org.intelmq.bot.ReportSize;
import org.intelmq.bot.ReportTooLargeException;
import org.intelmq.bot.Tick;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.intelmq.text.encoding.Base64Text;
import org.junit.jupiter.api.Test;

/** Replies that say they are larger than what memory can hold. */
class LargeReplyTest {

    private boolean closed;

    private RecordingOutbox collect(String contentType, byte[] content, Object... parameters) throws IOException, InterruptedException {
        Http http = new Http() {
            @Override
            public HttpResponse<InputStream> send(HttpRequest request) {
                throw new AssertionError("the reply would be in memory");
            }

            @Override
            public Download download(HttpRequest request) {
                return new Download(request.uri(), 200, HttpHeaders.of(Map.of("Content-Type", List.of(contentType)), (name, value) -> true), new Large(content),
                        () -> closed = true);
            }

            @Override
            public HttpRequest.Builder request(URI address) {
                return HttpRequest.newBuilder(address);
            }
        };
        Object[] all = new Object[parameters.length + 2];
        all[0] = "http_url";
        all[1] = "http://feeds.example/list";
        System.arraycopy(parameters, 0, all, 2, parameters.length);
        RecordingOutbox outbox = new RecordingOutbox();
        try {
            new HttpCollector(Parameters.of(HttpCollector.Params.class, all), new TestContext().http(http)).process(new Tick(TestContext.NOW), outbox);
        } finally {
            assertTrue(closed);
        }
        return outbox;
    }

    private record Large(byte[] content) implements ReportData {

        @Override
        public long size() {
            return ReportSize.MOST + 1;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(content);
        }
    }

    private static byte[] in(Charset charset) {
        return "ip,name\n192.0.2.1,Zoë\n".getBytes(charset);
    }

    @Test
    void areSentAsTextInTheEncodingOfReports() throws Exception {
        for (Map.Entry<String, Charset> sent : Map.of("text/csv; charset=utf-8", StandardCharsets.UTF_8, "text/plain", StandardCharsets.ISO_8859_1,
                "text/csv; charset=UTF-16", StandardCharsets.UTF_16, "application/octet-stream", StandardCharsets.UTF_8,
                "application/csv", StandardCharsets.ISO_8859_1).entrySet()) {
            Message report = collect(sent.getKey(), in(sent.getValue())).sent().get(0);
            assertEquals("ip,name\n192.0.2.1,Zoë\n", Base64Text.decode(report.text(Fields.RAW)), sent.getKey());
            assertEquals("http://feeds.example/list", report.text(Fields.FEED_URL));
        }
    }

    @Test
    void areRefusedWhereTheyMustBeReadWhole() {
        assertThrows(ReportTooLargeException.class, () -> collect("application/zip", new byte[] {'P', 'K', 3, 4}));
        String problem = assertThrows(ReportTooLargeException.class, () -> collect("text/csv", in(StandardCharsets.UTF_8), "extract_files", true)).getMessage();
        assertTrue(problem.startsWith("the reply of http://feeds.example/list has " + (ReportSize.MOST + 1) + " bytes, more than the "), problem);
    }
}
