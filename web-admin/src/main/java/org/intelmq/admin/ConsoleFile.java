package org.intelmq.admin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * A file of the console, ready to be sent. Immutable.
 *
 * @param compressed with gzip; {@code null} where that saves nothing
 * @param tag value of the header {@code ETag}
 */
record ConsoleFile(String type, byte[] content, byte[] compressed, String tag, String policy) {

    private static final Map<String, String> TYPES = Map.of("html", "text/html; charset=utf-8", "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8", "json", "application/json", "svg", "image/svg+xml", "png", "image/png");

    private static final Pattern IMPORT_MAP = Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
    private static final Pattern TRUSTED_TYPES = Pattern.compile("<meta name=\"trusted-types\" content=\"([a-z ]+)\">");

    /** Whether files of this kind are served at all. */
    static boolean isServed(String name) {
        return TYPES.containsKey(extension(name));
    }

    static ConsoleFile of(String name, byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        }
        boolean isWorthIt = packed.size() < content.length;
        String tag = '"' + HexFormat.of().formatHex(digest(content), 0, 12) + '"';
        return new ConsoleFile(TYPES.get(extension(name)), content, isWorthIt ? packed.toByteArray() : null, tag,
                name.endsWith(".html") ? policy(new String(content, StandardCharsets.UTF_8)) : null);
    }

    /**
     * Allows nothing from elsewhere, and no inline script except the import map, which must be inline and is identified by its digest. Text
     * may become markup only where the document names who may do so.
     */
    private static String policy(String document) {
        Matcher map = IMPORT_MAP.matcher(document);
        String digest = map.find() ? " 'sha256-" + Base64.getEncoder().encodeToString(digest(map.group(1).getBytes(StandardCharsets.UTF_8))) + "'" : "";
        Matcher types = TRUSTED_TYPES.matcher(document);
        return "default-src 'none'; script-src 'self'" + digest + "; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
                + "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types "
                + (types.find() ? types.group(1) : "'none'");
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static byte[] digest(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
