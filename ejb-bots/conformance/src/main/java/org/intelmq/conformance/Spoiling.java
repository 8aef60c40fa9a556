package org.intelmq.conformance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.replay.Difference;
import org.intelmq.text.csv.Csv;
import org.intelmq.text.csv.CsvWriter;
import org.intelmq.text.encoding.Base64Text;

/** How IntelMQ loses parts of what it sets aside: what was recorded is what we set aside, spoilt in this way and in no other. */
enum Spoiling {

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

    /** Nothing is made of the rows behind a bad one, and the report is set aside whole instead of the bad row alone. */
    ENDED {
        @Override
        boolean turns(Object ours, Object recorded) {
            if (recorded == Difference.NOTHING) {
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

        /** What a row is put into where it is no report by itself. */
        private static boolean isMadeForTheRow(String row) {
            return row.startsWith("<table") || row.startsWith("{") || row.startsWith("[");
        }
    };

    /** Whether what was recorded is ours, spoilt. */
    abstract boolean turns(Object ours, Object recorded);

    /** Of a {@code raw}; empty if there is none. */
    private static String text(Object raw) {
        return raw instanceof String base64 && Base64Text.isDecodable(base64) ? Base64Text.decode(base64) : "";
    }

    /** {@code null} if it is no JSON. */
    private static Object json(String text) {
        try {
            return Json.parse(text);
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
