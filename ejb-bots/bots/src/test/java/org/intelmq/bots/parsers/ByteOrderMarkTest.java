package org.intelmq.bots.parsers;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.message.Report;
import org.intelmq.testing.ParserSample;
import org.intelmq.testing.RecordingOutbox;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A byte order mark is not content, whatever the parser: each case is read as without it, in UTF-8 and UTF-16. */
class ByteOrderMarkTest {

    @TestFactory
    Stream<DynamicTest> isNoContent() throws IOException, ReflectiveOperationException {
        return ParserSample.all().stream().map(sample -> DynamicTest.dynamicTest(sample.toString(), () -> {
            String feed = new String(sample.feed(), UTF_8).replaceFirst("^\ufeff", "");
            List<String> plain = parse(sample, sample.feed(), sample.feed());
            for (Charset charset : List.of(UTF_8, UTF_16LE, UTF_16BE)) {
                assertEquals(plain, parse(sample, ('\ufeff' + feed).getBytes(charset), sample.feed()), charset.name());
            }
        }));
    }

    private static List<String> parse(ParserSample sample, byte[] feed, byte[] plain) throws Exception {
        RecordingOutbox outbox = sample.parse(feed);
        Report report = sample.report(feed);
        List<String> results = new ArrayList<>();
        outbox.sent().forEach(message -> results.add(text(message, sample, report, plain)));
        outbox.rejected().forEach(rejection -> results.add(text(rejection.part(), sample, report, plain) + rejection.reason().getMessage()));
        return results;
    }

    /** Where the whole report is kept, it is kept with its mark. */
    private static String text(Message message, ParserSample sample, Report report, byte[] plain) {
        String text = MessageJson.serialize(message);
        try {
            return text.replace(report.text("raw"), sample.report(plain).text("raw"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
