package org.intelmq.bots.parsers;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Spoils a feed as networks, encodings, programs and people do. The same random numbers spoil it the same way. */
final class Mutation {

    private static final String[] PARTS = {"\"", "'", "\\", ",", ";", "|", "\t", "\n", "\r", "\r\n", "\0", "#", "{", "}", "[", "]", "<", ">",
        "</", "<!--", "&#x0;", "&amp;", "null", "true", "-1", "0", "1e999", "NaN", "999999999999999999999999", "2024-02-30", "24:61:61", "0000-00-00",
        "1.2.3.4.5", "::ffff:1.2.3.4/33", "http://[", "http://\u00fc\u00df.example/%zz", "\u2028", "\ufeff", "\ud83d\ude00", "%s%s", "{0}", "AS-1"};

    private final Random random;

    Mutation(Random random) {
        this.random = random;
    }

    byte[] of(byte[] feed) {
        byte[] mutated = feed;
        for (int i = random.nextInt(3); i >= 0; i--) {
            mutated = once(mutated);
        }
        return mutated;
    }

    private byte[] once(byte[] feed) {
        int start = random.nextInt(feed.length + 1);
        int end = Math.min(feed.length, start + random.nextInt(40));
        return switch (random.nextInt(12)) {
            case 0 -> flipped(feed);
            case 1 -> spliced(feed, start, end, new byte[0]);
            case 2 -> spliced(feed, start, feed.length, new byte[0]);
            case 3 -> spliced(feed, start, start, part(feed, start, end));
            case 4, 5 -> spliced(feed, start, end, text(PARTS[random.nextInt(PARTS.length)]));
            case 6 -> spliced(feed, start, start, text(PARTS[random.nextInt(PARTS.length)]));
            case 7 -> spliced(feed, start, start, random.nextInt(50) == 0 ? huge() : text("x".repeat(random.nextInt(400))));
            case 8 -> spliced(feed, start, end, nested());
            case 9 -> line(feed, start);
            case 10 -> new String(feed, StandardCharsets.UTF_8).getBytes(random.nextBoolean() ? StandardCharsets.UTF_16 : StandardCharsets.ISO_8859_1);
            default -> spliced(feed, start, end, noise());
        };
    }

    private byte[] flipped(byte[] feed) {
        byte[] flipped = feed.clone();
        for (int i = random.nextInt(4); i >= 0 && flipped.length > 0; i--) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private byte[] huge() {
        return text(PARTS[random.nextInt(PARTS.length)].repeat(50_000));
    }

    private byte[] nested() {
        int depth = random.nextInt(50) == 0 ? 20_000 : random.nextInt(20);
        return text((random.nextBoolean() ? "[" : random.nextBoolean() ? "{\"a\":" : "<a>").repeat(depth));
    }

    private byte[] noise() {
        byte[] noise = new byte[random.nextInt(20)];
        random.nextBytes(noise);
        return noise;
    }

    /** Without the line, or with it twice. */
    private byte[] line(byte[] feed, int at) {
        int start = at;
        while (start > 0 && feed[start - 1] != '\n') {
            start--;
        }
        int end = at;
        while (end < feed.length && feed[end] != '\n') {
            end++;
        }
        end = Math.min(end + 1, feed.length);
        return random.nextBoolean() ? spliced(feed, start, end, new byte[0]) : spliced(feed, start, start, part(feed, start, end));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] part(byte[] feed, int start, int end) {
        return Arrays.copyOfRange(feed, start, end);
    }

    private static byte[] spliced(byte[] feed, int start, int end, byte[] middle) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(feed.length + middle.length);
        out.write(feed, 0, start);
        out.writeBytes(middle);
        out.write(feed, end, feed.length - end);
        return out.toByteArray();
    }
}
