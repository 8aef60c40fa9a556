package org.intelmq.text.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailAddressTest {

    @Test
    void isWithoutSchemeAndBlanks() {
        assertEquals("a.b+c@example.com", MailAddress.of(" a.b+c@example.com "));
        assertEquals("abuse@b\u00fccher.example", MailAddress.of("MAILTO:abuse@b\u00fccher.example?subject=x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Please query the RDDS service of the registrar", "a@b", "@example.com", "a@example.com, b@example.com",
            "a@@example.com", "https://example.com/contact?to=a@example.com ", "a b@example.com", "a@example.com.", "<a@example.com>"})
    void isNoneForAnythingElse(String text) {
        assertNull(MailAddress.of(text));
    }

    @Test
    void isNoneForWhatIsNoText() {
        assertNull(MailAddress.of(null));
        assertNull(MailAddress.of(List.of("a@example.com")));
    }
}
