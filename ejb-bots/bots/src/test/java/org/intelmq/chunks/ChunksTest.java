package org.intelmq.chunks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChunksTest {

    private static List<byte[]> pieces(InputStream in, int size, boolean header) throws IOException {
        Chunks chunks = new Chunks(in, size, header);
        List<byte[]> pieces = new ArrayList<>();
        for (byte[] piece = chunks.next(); piece != null; piece = chunks.next()) {
            pieces.add(piece);
        }
        return pieces;
    }

    private static List<String> pieces(String text, int size, boolean header) throws IOException {
        return pieces(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), size, header).stream()
                .map(piece -> new String(piece, StandardCharsets.UTF_8)).toList();
    }

    /** A stream that never gives as much as it is asked for. */
    private static InputStream inDrops(byte[] bytes, Random random) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return super.read(into, offset, Math.min(length, 1 + random.nextInt(7)));
            }
        };
    }

    @Test
    void cutsAtTheLastLineEndThatFits() throws IOException {
        assertEquals(List.of("aa\nbb\n", "cc\ndd\n", "ee"), pieces("aa\nbb\ncc\ndd\nee", 7, false));
        assertEquals(List.of("a long line\n", "b\n"), pieces("a long line\nb\n", 3, false));
        assertEquals(List.of("no line end"), pieces("no line end", 3, false));
        assertEquals(List.of(), pieces("", 3, false));
    }

    @Test
    void beginsEachPieceWithTheHeaderIfWanted() throws IOException {
        assertEquals(List.of("h\na\nb\n", "h\nc\nd\n", "h\ne"), pieces("h\na\nb\nc\nd\ne", 4, true));
        assertEquals(List.of(), pieces("h\n", 4, true));
    }

    @Test
    void losesNothingAndCutsOnlyBetweenLines() throws IOException {
        Random random = new Random(20261129);
        for (int round = 0; round < 300; round++) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            for (int i = random.nextInt(60); i > 0; i--) {
                text.writeBytes("x".repeat(random.nextInt(random.nextInt(10) == 0 ? 40_000 : 20)).getBytes(StandardCharsets.US_ASCII));
                text.write('\n');
            }
            text.writeBytes("y".repeat(random.nextInt(3)).getBytes(StandardCharsets.US_ASCII));
            int size = 1 + random.nextInt(random.nextBoolean() ? 30 : 20_000);
            ByteArrayOutputStream again = new ByteArrayOutputStream();
            for (byte[] piece : pieces(inDrops(text.toByteArray(), random), size, false)) {
                assertTrue(again.size() == 0 || again.toByteArray()[again.size() - 1] == '\n', "cut within a line");
                assertTrue(piece.length <= size || new String(piece, 0, size, StandardCharsets.US_ASCII).indexOf('\n') < 0,
                        "longer than " + size + " although there is a line end");
                again.writeBytes(piece);
            }
            assertArrayEquals(text.toByteArray(), again.toByteArray());
        }
    }
}
