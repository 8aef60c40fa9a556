package org.intelmq.conformance;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.replay.Markers;
import org.intelmq.replay.Mismatch;
import org.intelmq.replay.Plain;
import org.intelmq.text.csv.Csv;
import org.intelmq.text.csv.CsvWriter;
import org.intelmq.text.encoding.Base64Text;

/**
 * How what was recorded differs from what is ours, in this way and in no other. In the first of them IntelMQ has spoilt what it sets
 * aside; the others are whole classes of results.
 */
enum RecordedChange {

    /** The row is taken for a list of cells, so that each character is written as one; header lines stay whole. */
    CHARACTERS {
        @Override
        boolean turns(Object ours, Object recorded) {
            String whole = text(ours);
            String spoilt = text(recorded);
            int row = 0;
            while (row < whole.length()) {
                for (String lineEnd : List.of("\n", "\r\n", "\r")) {
                    if (spoilt.equals(whole.substring(0, row) + characters(whole.substring(row), lineEnd))) {
                        return true;
                    }
                }
                int end = whole.indexOf('\n', row);
                row = end < 0 ? whole.length() : end + 1;
            }
            return false;
        }
    },

    /** The element of the JSON list is gone. */
    NULL {
        @Override
        boolean turns(Object ours, Object recorded) {
            return text(recorded).equals("[null]") && json(text(ours)) instanceof List<?> elements && elements.size() == 1;
        }
    },

    /** The row is taken for an element of a list, and written as text in it. */
    LISTED {
        @Override
        boolean turns(Object ours, Object recorded) {
            return json(text(recorded)) instanceof List<?> elements && elements.equals(List.of(text(ours)));
        }
    },

    /** Of a report, only what the new event was begun with is left: what it says of the feed, or the event its text holds. */
    BEGUN {
        @Override
        boolean turns(Object ours, Object recorded) {
            if (!(ours instanceof Map<?, ?> report)) {
                return false;
            }
            Object event = json(text(report.get("raw")));
            return recorded.equals(without("raw", report)) || event instanceof Map<?, ?> fields && recorded.equals(without("__type", fields));
        }
    },

    /** The file was read as text, which turns all line ends into line feeds. */
    LINE_ENDS {
        @Override
        boolean turns(Object ours, Object recorded) {
            return text(ours).indexOf('\r') >= 0 && text(recorded).equals(text(ours).replace("\r\n", "\n").replace('\r', '\n'));
        }
    },

    /** A bad row has cost those after it too: nothing is made of them, and the report is set aside whole instead of the bad row alone. */
    ENDED {
        @Override
        boolean turns(Object ours, Object recorded) {
            if (recorded == Mismatch.NOTHING) {
                return true;
            }
            if (ours instanceof Long more && recorded instanceof Long fewer) {
                return fewer < more;
            }
            if (ours instanceof Map<?, ?> row && recorded instanceof Map<?, ?> report) {
                return without("raw", row).equals(without("raw", report));
            }
            String row = text(ours).strip();
            return !row.isEmpty() && (text(recorded).contains(row.substring(row.lastIndexOf('\n') + 1)) || isMadeForTheRow(row));
        }

        /** What a row is put into where it is not a report by itself. */
        private static boolean isMadeForTheRow(String row) {
            return row.startsWith("<table") || row.startsWith("{") || row.startsWith("[");
        }
    },

    /** What failed or was lost is done: there is a result where there was none, and no failure. */
    DONE {
        @Override
        boolean explains(Mismatch difference, Map<String, Object> record) {
            if (isFailure(difference.place())) {
                return difference.got() == Mismatch.NOTHING;
            }
            return isCount(difference) ? count(difference.expected()) < count(difference.got()) : difference.expected() == Mismatch.NOTHING;
        }
    },

    /** What was done is refused: there is a failure, and no result. */
    REFUSED {
        @Override
        boolean explains(Mismatch difference, Map<String, Object> record) {
            Object ours = difference.got();
            if (isFailure(difference.place())) {
                return difference.expected() == Mismatch.NOTHING && ours instanceof String;
            }
            if (difference.place().endsWith(".serialize")) {
                return json(difference.expected()) instanceof Map<?, ?> whole && json(ours) instanceof Map<?, ?> rest
                        && rest.size() < whole.size() && whole.entrySet().containsAll(rest.entrySet());
            }
            if (difference.place().startsWith("result") && !difference.place().contains(".final")) {
                boolean isException = ours instanceof String text && EXCEPTION.matcher(text).lookingAt();
                return difference.expected() != null && difference.expected() != Mismatch.NOTHING
                        && (ours == null || Boolean.FALSE.equals(ours) || isException);
            }
            return isCount(difference) ? count(difference.expected()) > count(difference.got()) : ours == Mismatch.NOTHING;
        }
    },

    /** A time is another one by whole quarters of an hour, as zones are. */
    MOVED {
        @Override
        boolean explains(Mismatch difference, Map<String, Object> record) {
            if (!(difference.expected() instanceof String recorded && difference.got() instanceof String ours)) {
                return false;
            }
            try {
                long minutes = Duration.between(OffsetDateTime.parse(recorded), OffsetDateTime.parse(ours)).toMinutes();
                return minutes != 0 && minutes % QUARTER == 0 && Math.abs(minutes) <= FARTHEST_ZONES;
            } catch (DateTimeParseException e) {
                return false;
            }
        }
    },

    /** A value is written so in the report; of a time, all but its zone. */
    AS_WRITTEN {
        @Override
        boolean explains(Mismatch difference, Map<String, Object> record) {
            return difference.got() instanceof String value
                    && RecordedInput.reports(record).stream().anyMatch(report -> report.contains('"' + withoutZone(value)));
        }
    },

    /** Events were recorded at other places, so that each value is that of another of them. */
    SHIFTED {
        @Override
        boolean explains(Mismatch difference, Map<String, Object> record) {
            Matcher place = VALUE_OF_EVENT.matcher(difference.place());
            return place.matches() && Plain.list(Plain.map(record.get("output")).get(place.group("path"))).stream()
                    .map(Plain::<String, Object>map).anyMatch(event -> partOf(event.get(place.group("field")), place).equals(partOf(difference)));
        }

        private static Object partOf(Mismatch difference) {
            return difference.got() == Mismatch.NOTHING ? Optional.empty() : Optional.of(difference.got());
        }

        private static Object partOf(Object value, Matcher place) {
            if (value instanceof List<?> list && place.group("length") != null) {
                return Optional.of((long) list.size());
            }
            if (value instanceof List<?> list && place.group("item") != null) {
                int item = Integer.parseInt(place.group("item"));
                return item < list.size() ? Optional.of(list.get(item)) : Optional.empty();
            }
            return Optional.ofNullable(value);
        }
    },

    /** A time is the argument, in thousandths of seconds. */
    MILLISECONDS {
        @Override
        boolean explains(Mismatch difference, Map<String, Object> record) {
            Object argument = record.get("args") instanceof List<?> arguments && !arguments.isEmpty() ? arguments.get(0) : null;
            try {
                long millis = Boolean.TRUE.equals(argument) ? 1 : Long.parseLong(String.valueOf(argument).strip());
                return Instant.ofEpochSecond(Math.floorDiv(millis, 1000L)).toString().replace("Z", "+00:00").equals(difference.got());
            } catch (NumberFormatException e) {
                return false;
            }
        }
    },

    /** A text that was taken for JSON is a text. */
    QUOTED {
        @Override
        boolean turns(Object ours, Object recorded) {
            return recorded instanceof String && Json.write(recorded).equals(ours);
        }
    },

    /** A value that no host is, or an address with such a host, is left out or refused. */
    NO_HOST {
        @Override
        boolean turns(Object ours, Object recorded) {
            if (recorded == Mismatch.NOTHING && ours instanceof String message) {
                Matcher refused = REFUSED_VALUE.matcher(message);
                return refused.find() && RecordedInput.isOddHost(refused.group(1));
            }
            return ours == Mismatch.NOTHING && recorded instanceof String name && RecordedInput.isOddHost(name);
        }
    },

    /** Addresses that a file says are such have lost their scheme. */
    WITHOUT_SCHEME {
        @Override
        boolean turns(Object ours, Object recorded) {
            return ours instanceof Markers.Bytes came && recorded instanceof Markers.Bytes wanted
                    && utf8(came).equals(SCHEME_OF_INDICATOR.matcher(utf8(wanted)).replaceAll(""));
        }
    },

    /** A text on several lines is on one. */
    ONE_LINE {
        @Override
        boolean turns(Object ours, Object recorded) {
            return recorded instanceof String text && text.contains("\r\n") && text.replaceAll("\\s*\r\n\\s*", " ").equals(ours);
        }
    },

    /** A name in the code of RFC 2231 is decoded. */
    PERCENT_DECODED {
        @Override
        boolean turns(Object ours, Object recorded) {
            return recorded instanceof String text && text.startsWith("utf-8''")
                    && URLDecoder.decode(text.substring("utf-8''".length()), StandardCharsets.UTF_8).equals(ours);
        }
    },

    /** The quotes around it are gone. */
    UNQUOTED {
        @Override
        boolean turns(Object ours, Object recorded) {
            return ours instanceof String text && ('"' + text + '"').equals(recorded);
        }
    },

    /** Bots that ran do not run, and those whose ids are none are not listed; all others are as they were. */
    NOT_RUNNING {
        @Override
        boolean turns(Object ours, Object recorded) {
            Object came = json(ours);
            Object wanted = json(recorded);
            if (came instanceof Map<?, ?> states && wanted instanceof Map<?, ?> before) {
                return before.keySet().containsAll(states.keySet()) && before.entrySet().stream().allMatch(entry -> states.containsKey(entry.getKey())
                        ? isStopped(states.get(entry.getKey()), entry.getValue()) : !BOT_ID.matcher(entry.getKey().toString()).matches());
            }
            return came instanceof String && isStopped(came, wanted);
        }

        private static boolean isStopped(Object ours, Object recorded) {
            return ours.equals(recorded) || "stopped".equals(ours) && "running".equals(recorded);
        }
    },

    /** The same parts, in another order. */
    REORDERED {
        @Override
        boolean turns(Object ours, Object recorded) {
            return ours instanceof List<?> came && recorded instanceof List<?> wanted && came.size() == wanted.size() && came.containsAll(wanted)
                    && wanted.containsAll(came);
        }
    };

    private static final Pattern EXCEPTION = Pattern.compile("[a-z.]+[.][A-Z][A-Za-z$]+: ");
    private static final Pattern SCHEME_OF_INDICATOR = Pattern.compile("(?m)^https?://(?=[^\t\n]*\tIntel::URL\t)");
    private static final Pattern BOT_ID = Pattern.compile("[A-Za-z0-9-]+");
    private static final Pattern REFUSED_VALUE = Pattern.compile("cannot be \"(.*)\"", Pattern.DOTALL);
    private static final Pattern VALUE_OF_EVENT = Pattern.compile(
            "output\\.(?<path>[^\\[]+)\\[\\d+]\\.(?<field>[^\\[#]+)(?:\\[(?<item>\\d+)]|(?<length>#length))?");
    private static final int QUARTER = 15;
    private static final long FARTHEST_ZONES = 26 * 60L;

    /** Whether what was recorded is ours, changed in this way. */
    boolean explains(Mismatch difference, Map<String, Object> record) {
        return turns(difference.got(), difference.expected());
    }

    /** As {@link #explains}, of the two values alone. */
    boolean turns(Object ours, Object recorded) {
        return false;
    }

    private static String withoutZone(String time) {
        return time.endsWith("+00:00") ? time.substring(0, time.length() - "+00:00".length()) : time;
    }

    private static boolean isFailure(String place) {
        return place.equals("start of the bot") || place.startsWith("error[") && place.endsWith("]");
    }

    private static boolean isCount(Mismatch difference) {
        return difference.place().endsWith("#length");
    }

    private static long count(Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    /** Of a {@code raw}; empty if there is none. */
    private static String text(Object raw) {
        return raw instanceof String base64 && Base64Text.isDecodable(base64) ? Base64Text.decode(base64) : "";
    }

    private static String utf8(Markers.Bytes bytes) {
        return new String(bytes.content(), StandardCharsets.UTF_8);
    }

    /** {@code null} if it is not JSON. */
    private static Object json(Object text) {
        try {
            return text instanceof String json ? Json.parse(json) : null;
        } catch (JsonException e) {
            return null;
        }
    }

    private static Map<Object, Object> without(String name, Map<?, ?> fields) {
        Map<Object, Object> others = new HashMap<>(fields);
        others.remove(name);
        return others;
    }

    private static String characters(String row, String lineEnd) {
        List<String> cells = new ArrayList<>();
        row.codePoints().forEach(character -> cells.add(Character.toString(character)));
        return CsvWriter.write(cells, Csv.Dialect.EXCEL.withLineEnd(lineEnd));
    }
}
