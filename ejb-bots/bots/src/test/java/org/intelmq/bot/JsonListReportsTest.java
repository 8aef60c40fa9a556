package org.intelmq.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.intelmq.testing.Poll;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;

class JsonListReportsTest {

    private static List<String> sent(long most, Object... elements) throws IOException {
        RecordingOutbox outbox = new RecordingOutbox();
        JsonListReports reports = new JsonListReports(new TestContext()::newReport, outbox, most);
        for (Object element : elements) {
            reports.add(element);
        }
        reports.finish();
        return Poll.contents(outbox);
    }

    @Test
    void whatFitsGoesIntoOneReport() throws IOException {
        assertEquals(List.of("[1, {\"a\": \"\\u00fc\"}, null]"), sent(100, 1L, Map.of("a", "ü"), null));
    }

    @Test
    void aListThatIsTooLongBecomesSeveral() throws IOException {
        assertEquals(List.of("[\"abc\", \"def\"]", "[\"ghi\"]"), sent(12, "abc", "def", "ghi"));
        assertEquals(List.of("[\"longer than that\"]", "[1]"), sent(5, "longer than that", 1L));
    }

    @Test
    void nothingIsAnEmptyList() throws IOException {
        assertEquals(List.of("[]"), sent(5));
    }
}
