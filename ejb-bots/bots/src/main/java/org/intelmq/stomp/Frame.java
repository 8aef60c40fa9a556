package org.intelmq.stomp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A STOMP frame, version 1.1.
 *
 * @param headers by name; if one occurs twice, the first counts
 */
public record Frame(String command, Map<String, String> headers, byte[] body) {

    static final String CONNECTED = "CONNECTED";

    public Frame(String command, Map<String, String> headers) {
        this(command, headers, new byte[0]);
    }

    /** Returns {@code null} if there is none. */
    public String header(String name) {
        return headers.get(name);
    }

    /** The body as text, whatever it is. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    byte[] encoded() {
        StringBuilder head = new StringBuilder(command).append('\n');
        headers.forEach((name, value) -> head.append(escaped(name)).append(':').append(escaped(value)).append('\n'));
        if (body.length > 0 && !headers.containsKey("content-length")) {
            head.append("content-length:").append(body.length).append('\n');
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length() + body.length + 2);
        bytes.writeBytes(head.append('\n').toString().getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(body);
        bytes.write(0);
        return bytes.toByteArray();
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace(":", "\\c");
    }

    static String unescaped(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                plain.append(c);
                continue;
            }
            char escape = text.charAt(++i);
            switch (escape) {
                case 'n' -> plain.append('\n');
                case 'r' -> plain.append('\r');
                case 'c' -> plain.append(':');
                case '\\' -> plain.append('\\');
                default -> plain.append(c).append(escape);
            }
        }
        return plain.toString();
    }
}
