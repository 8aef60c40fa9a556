package org.intelmq.administration.configuration;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.intelmq.administration.Refusal;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.intelmq.yaml.ConfigurationFileException;
import org.intelmq.yaml.Yaml;

/** What a {@code runtime.yaml} holds, comments and all. Immutable. */
public record RuntimeText(String text) {

    static final String GLOBAL = "global";
    private static final String SOURCE = "runtime.yaml";
    private static final int VERSION_BYTES = 8;

    /** The same for the same text only. */
    public String version() {
        return version(text);
    }

    /** The same for the same text only: 16 hexadecimal digits. */
    public static String version(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, VERSION_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Bots by id, and {@code global}, in the order of the file.
     *
     * @throws Refusal {@code unreadable} naming the place
     */
    public Map<String, Object> sections() {
        try {
            Object content = Yaml.read(text, SOURCE);
            if (content == null) {
                return new LinkedHashMap<>();
            }
            if (content instanceof Map<?, ?>) {
                return map(content);
            }
            throw unreadable(SOURCE + " is not a map of bots");
        } catch (ConfigurationFileException e) {
            throw unreadable(e.getMessage());
        }
    }

    private static Refusal unreadable(String reason) {
        return new Refusal(Refusal.Kind.UNACCEPTABLE, "unreadable", reason, "Correct the text there.");
    }

    /** @throws Refusal {@code unreadable} */
    public RuntimeConfiguration configuration(Map<String, String> environment) {
        try {
            return RuntimeConfiguration.parse(text, SOURCE, environment);
        } catch (ConfigurationFileException e) {
            throw unreadable(e.getMessage());
        }
    }

    /** The text changed so that it reads as these sections; what stays the same is written as it was. */
    public RuntimeText with(Map<String, Object> sections) {
        return with(sections(), sections);
    }

    /** The same, if it is known how the text reads now. */
    RuntimeText with(Map<String, Object> now, Map<String, Object> sections) {
        if (now.equals(sections)) {
            return this;
        }
        try {
            return new RuntimeText(Yaml.update(text, sections, SOURCE));
        } catch (ConfigurationFileException e) {
            throw unreadable(e.getMessage());
        }
    }

    /** A copy; what is not a map counts as an empty one. */
    static Map<String, Object> map(Object value) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> copy.put(String.valueOf(key), item));
        }
        return copy;
    }
}
