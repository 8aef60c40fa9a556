package org.intelmq.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.message.Json;
import org.intelmq.replay.Plain;
import org.intelmq.text.encoding.Base64Text;

/** What a recorded case was given, as far as it makes ours differ on purpose. */
enum RecordedInput {

    /** A report begins with a byte order mark. */
    BYTE_ORDER_MARK {
        @Override
        boolean holds(Map<String, Object> record) {
            return reports(record).stream().anyMatch(report -> report.startsWith(MARK));
        }

        @Override
        Map<String, Object> takenOutOf(Map<String, Object> record) {
            Map<String, Object> changed = new LinkedHashMap<>(record);
            List<Object> input = new ArrayList<>();
            for (Object message : Plain.list(record.get("input"))) {
                Map<String, Object> plain = message instanceof Map<?, ?> ? new LinkedHashMap<>(Plain.map(message)) : Map.of();
                if (raw(message).startsWith(MARK)) {
                    plain.put("raw", Base64Text.encode(raw(message).substring(MARK.length())));
                }
                input.add(message instanceof Map<?, ?> ? plain : message);
            }
            changed.put("input", input);
            return changed;
        }
    },

    /** Something was set aside, or the bot failed. */
    FAILURE {
        @Override
        boolean holds(Map<String, Object> record) {
            return !Plain.list(record.get("error")).isEmpty();
        }
    },

    /** A name or the host of an address that no host has: with blanks, brackets and the like, or a word for nothing. */
    ODD_HOST {
        @Override
        boolean holds(Map<String, Object> record) {
            // what is not text is one in Python, with brackets
            return !(Plain.list(record.get("args")).stream().allMatch(String.class::isInstance))
                    || texts(record.get("args")).stream().anyMatch(RecordedInput::isOddHost);
        }
    },

    /** The name of a zone, or an offset behind one. */
    ZONE {
        @Override
        boolean holds(Map<String, Object> record) {
            return texts(record.get("args")).stream().anyMatch(text -> ZONE_NAME.matcher(text).find())
                    || reports(record).stream().anyMatch(report -> ZONE_NAME.matcher(report).find());
        }
    },

    /** A word that is not known in an English date, or a letter that no English word has. */
    FOREIGN_WORD {
        @Override
        boolean holds(Map<String, Object> record) {
            return texts(record.get("args")).stream().anyMatch(text -> WORD.matcher(text).results()
                    .anyMatch(word -> !OF_TIMES.contains(word.group().toLowerCase(Locale.ROOT))));
        }
    },

    /** A number that is none, or too large for one. */
    NOT_FINITE {
        @Override
        boolean holds(Map<String, Object> record) {
            return texts(record.get("args")).stream().anyMatch(text -> NO_NUMBER.matcher(text).find() || NUMBER.matcher(text).results()
                    .anyMatch(number -> Double.isInfinite(Double.parseDouble(number.group()))));
        }
    },

    /** A report has a line of nothing but blanks. */
    BLANK_LINE {
        @Override
        boolean holds(Map<String, Object> record) {
            return reports(record).stream().flatMap(String::lines).anyMatch(String::isBlank);
        }
    },

    /** A line of a report opens a quote and does not close it. */
    OPEN_QUOTE {
        @Override
        boolean holds(Map<String, Object> record) {
            return reports(record).stream().flatMap(String::lines).anyMatch(line -> line.chars().filter(c -> c == '"').count() % 2 == 1);
        }
    },

    /** A host with user, port or brackets, or an AS number or address of IPv6 that is reserved. */
    RESERVED {
        @Override
        boolean holds(Map<String, Object> record) {
            return Plain.list(record.get("input")).stream().filter(Map.class::isInstance).map(Plain::<String, Object>map)
                    .anyMatch(message -> message.entrySet().stream().anyMatch(field -> isReserved(field.getKey(), String.valueOf(field.getValue()))));
        }

        private static boolean isReserved(String name, String value) {
            return name.endsWith(".asn") && RESERVED_AS.matcher(value).matches() || name.endsWith(".ip") && RESERVED_ADDRESS.matcher(value).lookingAt()
                    || name.endsWith("url") && DRESSED_HOST.matcher(value).lookingAt();
        }
    },

    /** A URL whose host ends in a number. */
    NUMERIC_HOST {
        @Override
        boolean holds(Map<String, Object> record) {
            return Plain.list(record.get("input")).stream().filter(Map.class::isInstance).map(Plain::<String, Object>map)
                    .anyMatch(message -> message.entrySet().stream().anyMatch(field -> field.getKey().endsWith(".url")
                            && NUMBER_AS_HOST.matcher(String.valueOf(field.getValue())).lookingAt()));
        }
    },

    /** A name was recorded that is one character, where there was a text for a list of names. */
    LETTER_FOR_NAME {
        @Override
        boolean holds(Map<String, Object> record) {
            return Plain.map(record.get("output")).values().stream().flatMap(messages -> Plain.list(messages).stream())
                    .anyMatch(message -> message instanceof Map<?, ?> map && map.get("source.fqdn") instanceof String name && name.length() == 1);
        }
    },

    /** No frame with a message was seen outside. */
    NO_FRAME_SENT {
        @Override
        boolean holds(Map<String, Object> record) {
            return Plain.list(Plain.map(record.get("sent")).get("stomp")).stream()
                    .noneMatch(frame -> frame instanceof Map<?, ?> map && "SEND".equals(map.get("command")));
        }
    };

    private static final String MARK = "\ufeff";
    private static final Pattern ODD = Pattern.compile("(?U)[\\s\\p{Cntrl},\\[\\]{}()<>\"'`%|^\\\\]|^(?i:none|null|nan)$");
    private static final Pattern ADDRESS = Pattern.compile(
            "[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#]*@)?(?<host>\\[[^\\]/?#]*\\]|[^/?#:]*)(?::(?<port>[^/?#]*))?(?:[/?#].*)?", Pattern.DOTALL);
    private static final Pattern RESERVED_AS = Pattern.compile("0|6449[6-9]|64[5-9]\\d\\d|65\\d\\d\\d|42\\d{8}");
    private static final Pattern RESERVED_ADDRESS = Pattern.compile("(?i)f[cdef]|2001:0?db8:|::");
    private static final Pattern DRESSED_HOST = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*[@:\\[]");
    private static final Pattern NUMBER_AS_HOST = Pattern.compile(
            "(?i)[a-z][a-z0-9+.-]*://(?:[^/?#]*@)?(?:[0-9a-fx]+\\.)*(?:\\d+|0x[0-9a-f]*)\\.?(?:[:/?#]|$)");
    private static final Pattern ZONE_NAME = Pattern.compile("(?i)\\b(?:gmt|utc)[+-]\\d|\\d\\s*\\(?(?:[A-Z]{3,5})\\b|\\b[A-Z][a-z]+/[A-Z]");
    private static final Pattern WORD = Pattern.compile("[\\p{L}]{3,}|[^\\p{ASCII}]");
    private static final Set<String> OF_TIMES = Set.of("jan", "january", "feb", "february", "mar", "march", "apr", "april", "may", "jun", "june", "jul",
            "july", "aug", "august", "sep", "sept", "september", "oct", "october", "nov", "november", "dec", "december", "mon", "monday", "tue",
            "tuesday", "wed", "wednesday", "thu", "thursday", "fri", "friday", "sat", "saturday", "sun", "sunday", "utc", "gmt");
    private static final Pattern NO_NUMBER = Pattern.compile("(?i)nan|inf");
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");

    abstract boolean holds(Map<String, Object> record);

    /** The record without it. */
    Map<String, Object> takenOutOf(Map<String, Object> record) {
        throw new UnsupportedOperationException(this + " cannot be taken out of a record");
    }

    /** Also of an address, whose host or port is looked at. */
    static boolean isOddHost(String text) {
        Matcher address = ADDRESS.matcher(text);
        if (!address.matches()) {
            return ODD.matcher(text).find();
        }
        String host = address.group("host");
        String port = address.group("port");
        return host.startsWith("[") ? !host.endsWith("]") || ODD.matcher(host.substring(1, host.length() - 1)).find()
                : ODD.matcher(host).find() || port != null && !port.chars().allMatch(Character::isDigit);
    }

    /** The texts of all reports in the input. */
    static List<String> reports(Map<String, Object> record) {
        return Plain.list(record.get("input")).stream().map(RecordedInput::raw).toList();
    }

    private static String raw(Object message) {
        return message instanceof Map<?, ?> map && map.get("raw") instanceof String raw && Base64Text.isDecodable(raw) ? Base64Text.decode(raw) : "";
    }

    /** All texts in it, and all else as JSON. */
    private static List<String> texts(Object value) {
        List<String> texts = new ArrayList<>();
        collect(value, texts);
        return texts;
    }

    private static void collect(Object value, List<String> texts) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(item -> collect(item, texts));
        } else if (value instanceof List<?> list) {
            list.forEach(item -> collect(item, texts));
        } else if (value != null) {
            texts.add(value instanceof String || value instanceof Double ? value.toString() : Json.write(value));
        }
    }
}
