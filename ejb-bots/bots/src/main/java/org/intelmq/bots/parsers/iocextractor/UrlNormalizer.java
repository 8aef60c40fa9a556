package org.intelmq.bots.parsers.iocextractor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.text.net.UrlParts;

/** Normalises addresses as Python's {@code url-normalize} does: default port left out, path resolved, query sorted. */
final class UrlNormalizer {

    private static final Set<String> WITH_PATH = Set.of("http", "https", "ftp", "file");
    private static final Map<String, String> PORTS = Map.of("ftp", "21", "http", "80", "https", "443", "ws", "80", "wss", "443");
    private static final int LONGEST_LABEL = 63;

    private final String defaultScheme;

    UrlNormalizer(String defaultScheme) {
        this.defaultScheme = defaultScheme;
    }

    /** Returns {@code null} if the host is malformed. */
    String normalize(String address) {
        boolean hasScheme = address.substring(0, Math.min(7, address.length())).indexOf(':') >= 0;
        UrlParts parts = UrlParts.split(hasScheme ? address : defaultScheme + "://" + address);
        int at = parts.netloc().lastIndexOf('@') + 1;
        int colon = parts.netloc().indexOf(':', Math.max(at, parts.netloc().indexOf(']')));
        int end = colon < 0 ? parts.netloc().length() : colon;
        String host = host(parts.netloc().substring(at, end));
        if (host == null) {
            return null;
        }
        String given = colon < 0 ? "" : parts.netloc().substring(colon + 1);
        String port = given.equals(PORTS.get(parts.scheme())) ? "" : given;
        return new UrlParts(parts.scheme(), parts.netloc().substring(0, at) + host + (port.isEmpty() ? "" : ":" + port), path(parts.path(), parts.scheme()),
                query(parts.query()), quote(unquote(parts.fragment()), "~")).join();
    }

    private static String host(String host) {
        String name = host.replaceAll("^\\.+|\\.+$", "");
        boolean malformed = !name.isEmpty()
                && Arrays.stream(name.split("\\.", -1)).anyMatch(label -> label.isEmpty() || label.length() > LONGEST_LABEL);
        return malformed ? null : name;
    }

    private static String path(String path, String scheme) {
        String quoted = quote(unquote(path), "~:/?#[]@!$&'()*+,;=");
        if (!WITH_PATH.contains(scheme)) {
            return quoted;
        }
        Deque<String> resolved = new ArrayDeque<>();
        String[] parts = quoted.split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            switch (parts[i]) {
                case "" -> {
                    if (resolved.isEmpty() || last) {
                        resolved.addLast("");
                    }
                }
                case "." -> {
                    if (last) {
                        resolved.addLast("");
                    }
                }
                case ".." -> {
                    if (resolved.size() > 1) {
                        resolved.removeLast();
                    }
                    if (last) {
                        resolved.addLast("");
                    }
                }
                default -> resolved.addLast(parts[i]);
            }
        }
        String joined = String.join("/", resolved);
        return joined.isEmpty() ? "/" : joined;
    }

    private static String query(String query) {
        List<String> pairs = new ArrayList<>();
        for (String pair : query.split("&", -1)) {
            pairs.add(String.join("=", Arrays.stream(pair.split("=", 2)).map(part -> quote(unquote(part), "~:/?#[]@!$'()*+,;=")).toList()));
        }
        Collections.sort(pairs);
        return String.join("&", pairs);
    }

    private static String quote(String text, String safe) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "_.-~".indexOf(c) >= 0 || safe.indexOf(c) >= 0);
            out.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
        }
        return out.toString();
    }

    private static String unquote(String text) {
        if (text.indexOf('%') < 0) {
            return Normalizer.normalize(text, Normalizer.Form.NFC);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer decoded = ByteBuffer.allocate(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 < bytes.length && bytes[i] == '%' ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            decoded.put(low < 0 ? bytes[i] : (byte) (high * 16 + low));
            i += low < 0 ? 0 : 2;
        }
        return Normalizer.normalize(new String(decoded.array(), 0, decoded.position(), StandardCharsets.UTF_8), Normalizer.Form.NFC);
    }
}
