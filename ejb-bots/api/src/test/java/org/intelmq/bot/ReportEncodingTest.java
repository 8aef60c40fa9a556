package org.intelmq.bot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.intelmq.text.encoding.Base64Text;
import org.junit.jupiter.api.Test;

class ReportEncodingTest {

    private final List<String> told = new ArrayList<>();
    private final Logger log = Logger.getAnonymousLogger();

    ReportEncodingTest() {
        log.setUseParentHandlers(false);
        log.addHandler(new Handler() {
            @Override
            public void publish(LogRecord entry) {
                told.add(entry.getLevel() + " " + entry.getMessage());
            }

            @Override
            public void flush() { }

            @Override
            public void close() { }
        });
    }

    private String decode(ReportEncoding encoding, byte... bytes) {
        return encoding.decode(Base64Text.encode(bytes), log);
    }

    @Test
    void tellsHowManyBytesItDrops() {
        assertEquals("Bche\nr", decode(ReportEncoding.UTF_8, "B\u00fcch\u00e4e\nr".getBytes(ISO_8859_1)));
        assertEquals(List.of("WARNING Dropped 2 bytes of a report that are not UTF-8, the first at position 1: "
                + "the parser's parameter 'encoding' can name another encoding, such as latin-1."), told);
    }

    @Test
    void readsInTheNamedEncoding() {
        assertEquals("B\u00fccher", decode(new ReportEncoding(ISO_8859_1), "B\u00fccher".getBytes(ISO_8859_1)));
        assertEquals(List.of(), told);
    }

    @Test
    void believesAMarkMoreThanTheNamedEncoding() {
        assertEquals("B\u00fccher", decode(new ReportEncoding(ISO_8859_1), "\ufeffB\u00fccher".getBytes(StandardCharsets.UTF_8)));
        assertEquals("B\u00fccher", decode(new ReportEncoding(ISO_8859_1), "\ufeffB\u00fccher".getBytes(StandardCharsets.UTF_16BE)));
    }

    @Test
    void readsWhatWasSetAsideAsItWas() {
        ReportEncoding latin = new ReportEncoding(ISO_8859_1);
        assertEquals("B\u00fccher", latin.decode(Base64Text.encode(latin.again("B\u00fccher")), log));
        assertEquals("B\u00fccher", ReportEncoding.UTF_8.again("B\u00fccher"));
    }

    @Test
    void readsAnEmptyReportAndAMarkAlone() {
        assertEquals("", decode(ReportEncoding.UTF_8));
        assertEquals("", decode(ReportEncoding.UTF_8, (byte) 0xef, (byte) 0xbb, (byte) 0xbf));
        assertEquals("a", decode(ReportEncoding.UTF_8, (byte) 'a'));
    }
}
