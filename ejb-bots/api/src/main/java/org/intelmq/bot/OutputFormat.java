package org.intelmq.bot;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Json;
import org.intelmq.message.LayoutCache;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.text.encoding.Base64Text;
import org.intelmq.text.json.JsonBuffer;
import org.intelmq.text.python.PythonText;

/**
 * How outputs write an event: JSON with sorted names, or only the field that {@code single_key} names. Events of one feed have the same fields
 * in the same order, so their sorting and nesting is worked out once and cached. Not thread-safe.
 */
public final class OutputFormat {

    private static final Field OUTPUT = Fields.OUTPUT;

    private final OutputParams params;
    private final Field singleKey;
    private final LayoutCache<Layout> layouts = new LayoutCache<>(Layout::new);

    public OutputFormat(OutputParams params) {
        this.params = params;
        this.singleKey = params.singleKey() == null ? null : Field.of(params.singleKey());
    }

    /** Appends the event as text. As in IntelMQ, {@code message_jsondict_as_string} has no effect here. */
    public void write(Message event, JsonBuffer out) {
        if (singleKey != null) {
            out.text(single(event));
            return;
        }
        Layout layout = layouts.of(event);
        if (layout.pieces == null) {
            out.value(plain(event, false));
        } else {
            layout.write(event, out);
        }
    }

    public String text(Message event) {
        JsonBuffer out = new JsonBuffer();
        write(event, out);
        return out.toString();
    }

    /** The event as a map in the order of its fields, or the bare value of {@code single_key}. */
    public Object plain(Message event) {
        if (singleKey == null) {
            return plain(event, params.messageJsondictAsString());
        }
        if (singleKey == Fields.RAW) {
            return single(event);
        }
        Object value = event.get(singleKey);
        return singleKey == OUTPUT ? Json.parse((String) value) : value;
    }

    private String single(Message event) {
        if (singleKey == Fields.RAW) {
            String raw = event.text(Fields.RAW);
            return raw == null ? "" : Base64Text.decode(raw);
        }
        Object value = event.get(singleKey);
        if (singleKey == OUTPUT) {
            if (value == null) {
                throw new IllegalArgumentException("the event has no field output, which single_key names");
            }
            return Json.parse((String) value) instanceof String text ? text : (String) value;
        }
        return PythonText.str(value);
    }

    private Map<String, Object> plain(Message event, boolean jsondictAsString) {
        Map<String, Object> plain = MessageJson.toMap(event, params.hierarchicalOutput(), params.messageWithType(), jsondictAsString);
        if (!params.keepRawField()) {
            plain.remove(Fields.RAW.name());
        }
        return plain;
    }

    /** The parts of a name, up to the first that equals the last, as in IntelMQ. */
    private static String[] path(Field field) {
        String[] parts = field.name().split("\\.", -1);
        String last = parts[parts.length - 1];
        int length = 1;
        while (!parts[length - 1].equals(last)) {
            length++;
        }
        return Arrays.copyOf(parts, length);
    }

    /** How events with certain fields are written: text, value, text, value, ..., text. */
    private final class Layout {

        private final int[] order;
        /** {@code null} where the values decide, because a field is below another one. */
        private final byte[][] pieces;

        Layout(Message event) {
            Map<String, Object> tree = new TreeMap<>();
            if (params.messageWithType()) {
                tree.put("__type", event.typeName());
            }
            boolean clear = true;
            for (int i = 0; i < event.size(); i++) {
                Field field = event.fieldAt(i);
                if (field != Fields.RAW || params.keepRawField()) {
                    String[] path = params.hierarchicalOutput() ? path(field) : new String[] {field.name()};
                    clear &= plant(tree, path, i);
                }
            }
            List<Integer> values = new ArrayList<>();
            List<byte[]> texts = new ArrayList<>();
            texts.add(render(tree, new StringBuilder(), values, texts).toString().getBytes(StandardCharsets.UTF_8));
            order = values.stream().mapToInt(Integer::intValue).toArray();
            pieces = clear ? texts.toArray(byte[][]::new) : null;
        }

        void write(Message event, JsonBuffer out) {
            for (int i = 0; i < order.length; i++) {
                out.raw(pieces[i]);
                out.value(event.valueAt(order[i]));
            }
            out.raw(pieces[order.length]);
        }

        @SuppressWarnings("unchecked")
        private static boolean plant(Map<String, Object> tree, String[] path, int index) {
            Map<String, Object> at = tree;
            for (int i = 0; i < path.length - 1; i++) {
                Object below = at.computeIfAbsent(path[i], missing -> new TreeMap<String, Object>());
                if (!(below instanceof Map)) {
                    return false;
                }
                at = (Map<String, Object>) below;
            }
            return at.put(path[path.length - 1], index) == null;
        }

        private static StringBuilder render(Map<?, ?> tree, StringBuilder text, List<Integer> values, List<byte[]> texts) {
            String before = "{";
            for (Map.Entry<?, ?> entry : tree.entrySet()) {
                text.append(before).append(Json.write(entry.getKey())).append(": ");
                if (entry.getValue() instanceof Integer index) {
                    values.add(index);
                    texts.add(text.toString().getBytes(StandardCharsets.UTF_8));
                    text.setLength(0);
                } else if (entry.getValue() instanceof Map<?, ?> below) {
                    render(below, text, values, texts);
                } else {
                    text.append(Json.write(entry.getValue()));
                }
                before = ", ";
            }
            return text.append(tree.isEmpty() ? "{}" : "}");
        }
    }
}
