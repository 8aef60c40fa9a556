package org.intelmq.text.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.intelmq.text.CodePointOrder;
import org.intelmq.text.Whitespace;
import org.junit.jupiter.api.Test;

class EncodingsTest {

    @Test
    void base64IsReadLeniently() {
        assertEquals("hello", Base64Text.decode("aGV s\nbG8=-ignored after"));
        assertEquals("h", Base64Text.decode("a*A=="));
        assertEquals("", Base64Text.decode("===="));
        assertFalse(Base64Text.isDecodable("aGV"));
        assertFalse(Base64Text.isDecodable("aG="));
        assertTrue(Base64Text.isDecodable(""));
        assertEquals("YWI=", Base64Text.encode("a\ud800b"));
    }

    @Test
    void characterSetsAreTriedInTurn() {
        List<Charset> both = List.of(CharacterSets.named("utf-8"), CharacterSets.named("latin-1"));
        assertEquals("ü", CharacterSets.decode(new byte[] {(byte) 0xfc}, both, false));
        assertThrows(DecodingError.class, () -> CharacterSets.decode(new byte[] {(byte) 0xfc}, both.subList(0, 1), false));
        assertEquals("ab", CharacterSets.decodeLenient(new byte[] {'a', (byte) 0xe2, (byte) 0x82, 'b'}));
        assertEquals("\ufffe".length(), CharacterSets.decode("a".getBytes(StandardCharsets.UTF_16LE), List.of(CharacterSets.named("utf-16")), false).length());
    }

    @Test
    void sortsByCodePoint() {
        assertTrue("\uffee".compareTo("\ud83d\ude00") > 0);
        assertTrue(CodePointOrder.INSTANCE.compare("\uffee", "\ud83d\ude00") < 0);
    }

    @Test
    void whiteSpaceIsPythons() {
        assertEquals("a", Whitespace.strip("\u001c\u00a0a\u3000\u0085"));
        assertEquals("\u200b", Whitespace.strip("\u200b"));
    }
}
