package org.intelmq.bots.parsers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.intelmq.message.Fields;
import org.intelmq.testing.ParserSample;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.text.encoding.Base64Text;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is set aside of a report is a report of the bad row alone: sent again, it fails alike, and no event comes twice. */
class SetAsideTest {

    /** What a file does is in the file's event; and whole callbacks fail. */
    private static final Set<String> OTHERS = Set.of("intelmq.bots.parsers.mcafee.parser_atd", "intelmq.bots.parsers.hibp.parser_callback");

    @TestFactory
    Stream<DynamicTest> isTheBadRowAlone() throws IOException, ReflectiveOperationException {
        return ParserSample.all().stream().filter(sample -> !OTHERS.contains(sample.type().module()))
                .map(sample -> DynamicTest.dynamicTest(sample.toString(), () -> failsAlone(sample)));
    }

    private static void failsAlone(ParserSample sample) throws Exception {
        String whole = sample.report(sample.feed()).text(Fields.RAW);
        for (RecordingOutbox.Rejection rejection : sample.parse(sample.feed()).rejected()) {
            String part = rejection.part().text(Fields.RAW);
            // the end of a text closes a quote, so that such a line can be read alone
            if (!part.equals(whole) && !beginning(rejection).contains("a quote is not closed")) {
                RecordingOutbox again = sample.parse(Base64Text.decodeBytes(part));
                String text = Base64Text.decode(part);
                assertEquals(List.of(), again.sent(), text);
                List<String> reasons = new ArrayList<>();
                again.rejected().forEach(each -> reasons.add(beginning(each)));
                assertEquals(List.of(beginning(rejection)), reasons, text);
            }
        }
    }

    /** Without the number of the line, which is another. */
    private static String beginning(RecordingOutbox.Rejection rejection) {
        return String.valueOf(rejection.reason().getMessage()).replaceAll("line \\d+", "line");
    }
}
