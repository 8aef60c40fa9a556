package org.intelmq.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.intelmq.message.Json;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** One change of a YAML text: collects edits, so that everything that stays the same remains as it was written. For one use, by one thread. */
final class YamlUpdate {

    static final Dump WRITER = new Dump(DumpSettings.builder().setSchema(new PlainScalars()).setDefaultFlowStyle(FlowStyle.BLOCK)
            .setWidth(Integer.MAX_VALUE).setSplitLines(false).build());

    private final String text;
    private final YamlValues values;
    private final String lineEnd;
    private final List<Edit> edits = new ArrayList<>();

    private record Edit(int from, int to, String replacement) { }

    YamlUpdate(String text, YamlValues values) {
        this.text = text;
        this.values = values;
        this.lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
    }

    String apply(MappingNode root, Map<String, Object> target) {
        update(root, target, 0);
        StringBuilder result = new StringBuilder(text);
        edits.sort(Comparator.comparingInt(Edit::from));
        // from the end on, so that places stay what they are; what is added at one place stays in the order it was found, inner before outer
        for (int i = edits.size() - 1; i >= 0; i--) {
            Edit edit = edits.get(i);
            result.replace(edit.from(), edit.to(), edit.replacement().replace("\n", lineEnd));
        }
        return result.toString();
    }

    private void update(MappingNode node, Map<String, Object> target, int indent) {
        Map<?, ?> current = (Map<?, ?>) values.of(node);
        if (current.equals(target)) {
            return;
        }
        boolean isFlow = node.getFlowStyle() == FlowStyle.FLOW;
        if (target.isEmpty() || isFlow && !canGrow(node, target) || hasMerge(node) && !target.keySet().containsAll(current.keySet())) {
            boolean oneLine = node.getStartMark().map(Mark::getLine).equals(node.getEndMark().map(Mark::getLine));
            String whole = oneLine || target.isEmpty() ? Json.write(target) : Json.pretty(target);
            edits.add(new Edit(start(node), contentEnd(node), anchor(node) + whole));
            return;
        }
        Map<String, Object> added = new LinkedHashMap<>(target);
        for (NodeTuple entry : node.getValue()) {
            added.remove(YamlValues.key(entry));
            if (!YamlValues.key(entry).equals(YamlValues.MERGE) && isFlow) {
                updateInFlow(entry, target.get(YamlValues.key(entry)));
            } else if (!YamlValues.key(entry).equals(YamlValues.MERGE)) {
                update(entry, target, indent);
            }
        }
        added.entrySet().removeIf(entry -> current.containsKey(entry.getKey()) && Objects.equals(current.get(entry.getKey()), entry.getValue()));
        add(node, added, isFlow, indent);
    }

    private void add(MappingNode node, Map<String, Object> added, boolean isFlow, int indent) {
        if (added.isEmpty()) {
            return;
        }
        NodeTuple last = node.getValue().get(node.getValue().size() - 1);
        StringBuilder more = new StringBuilder();
        added.forEach((key, value) -> {
            if (isFlow) {
                more.append(',').append(beforeInFlow(last)).append(Json.write(key)).append(": ").append(Json.write(value));
            } else {
                more.append('\n').append(" ".repeat(indent)).append(scalar(key)).append(rendered(value, "", indent));
            }
        });
        int end = isFlow ? contentEnd(last) : lineEnd(contentEnd(node));
        edits.add(new Edit(end, end, more.toString()));
    }

    /** Whether the entries can stay: none has to go, and each has a value of its own. */
    private boolean canGrow(MappingNode node, Map<String, Object> target) {
        return !node.getValue().isEmpty() && node.getValue().stream().allMatch(entry ->
                (YamlValues.key(entry).equals(YamlValues.MERGE) || target.containsKey(YamlValues.key(entry)))
                        && (isAlias(entry) || contentEnd(entry.getValueNode()) > start(entry.getValueNode())));
    }

    /** What separates an entry from the comma before it: a new line and a margin, or a space. */
    private String beforeInFlow(NodeTuple entry) {
        int start = start(entry.getKeyNode());
        int line = text.lastIndexOf('\n', start) + 1;
        return text.substring(line, start).isBlank() ? '\n' + text.substring(line, start) : " ";
    }

    private void updateInFlow(NodeTuple entry, Object wanted) {
        Node value = entry.getValueNode();
        if (Objects.equals(values.of(value), wanted)) {
            return;
        }
        if (isAlias(entry)) {
            edits.add(new Edit(text.indexOf('*', index(entry.getKeyNode().getEndMark())), aliasEnd(entry), Json.write(wanted)));
        } else if (value instanceof MappingNode mapping && wanted instanceof Map<?, ?> map) {
            update(mapping, cast(map), 0);
        } else {
            edits.add(new Edit(start(value), contentEnd(value), anchor(value) + Json.write(wanted)));
        }
    }

    private void update(NodeTuple entry, Map<String, Object> target, int indent) {
        String key = YamlValues.key(entry);
        Node value = entry.getValueNode();
        int keyStart = start(entry.getKeyNode());
        if (!target.containsKey(key)) {
            int from = text.lastIndexOf('\n', keyStart - 1) + 1;
            int to = Math.min(text.length(), lineEnd(contentEnd(entry)) + lineEnd.length());
            edits.add(new Edit(from, to, ""));
            return;
        }
        Object wanted = target.get(key);
        if (Objects.equals(values.of(value), wanted)) {
            return;
        }
        if (!isAlias(entry) && value instanceof MappingNode mapping && wanted instanceof Map<?, ?> map && !mapping.getValue().isEmpty() && !map.isEmpty()) {
            Node first = mapping.getValue().get(0).getKeyNode();
            update(mapping, cast(map), first.getStartMark().map(Mark::getColumn).orElse(indent + 2));
        } else {
            String anchor = isAlias(entry) ? "" : anchor(value);
            edits.add(new Edit(index(entry.getKeyNode().getEndMark()), contentEnd(entry), rendered(wanted, anchor, indent)));
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> cast(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }

    private static boolean hasMerge(MappingNode node) {
        return node.getValue().stream().anyMatch(entry -> YamlValues.key(entry).equals(YamlValues.MERGE));
    }

    /** An alias is read as the node it stands for, which comes before it. */
    private boolean isAlias(NodeTuple entry) {
        return start(entry.getValueNode()) < start(entry.getKeyNode());
    }

    /** The name by which others may refer to the node, to be kept before a new value. */
    private static String anchor(Node node) {
        return node.getAnchor().map(anchor -> "&" + anchor.getValue() + ' ').orElse("");
    }

    /** What follows a key: a colon, the anchor, and the value on the same line or below. */
    private static String rendered(Object value, String anchor, int indent) {
        boolean below = value instanceof Map<?, ?> map && !map.isEmpty() || value instanceof List<?> list && !list.isEmpty();
        if (!below) {
            return ": " + anchor + scalar(value);
        }
        String margin = "\n" + " ".repeat(indent + 2);
        return (": " + anchor).stripTrailing() + margin + WRITER.dumpToString(value).stripTrailing().replace("\n", margin);
    }

    private static String scalar(Object value) {
        return WRITER.dumpToString(value).stripTrailing();
    }

    private int start(Node node) {
        return index(node.getStartMark());
    }

    /** Marks count code points. */
    private int index(Optional<Mark> mark) {
        return text.offsetByCodePoints(0, mark.orElseThrow().getIndex());
    }

    private int aliasEnd(NodeTuple entry) {
        int end = text.indexOf('*', index(entry.getKeyNode().getEndMark()));
        while (end < text.length() && !Character.isWhitespace(text.charAt(end)) && ",[]{}".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private int contentEnd(NodeTuple entry) {
        return isAlias(entry) ? aliasEnd(entry) : Math.max(contentEnd(entry.getValueNode()), index(entry.getKeyNode().getEndMark()));
    }

    /** The position after the last character of the value; a block's own end mark comes after the comments that follow it. */
    private int contentEnd(Node node) {
        if (node instanceof MappingNode mapping && mapping.getFlowStyle() != FlowStyle.FLOW && !mapping.getValue().isEmpty()) {
            return contentEnd(mapping.getValue().get(mapping.getValue().size() - 1));
        }
        if (node instanceof SequenceNode sequence && sequence.getFlowStyle() != FlowStyle.FLOW && !sequence.getValue().isEmpty()) {
            Node last = sequence.getValue().get(sequence.getValue().size() - 1);
            return start(last) < start(sequence) ? lastLineEnd(sequence) : contentEnd(last);
        }
        int end = index(node.getEndMark());
        if (node instanceof ScalarNode scalar && scalar.getValue().endsWith("\n\n")) {
            return end - 1;
        }
        while (end > start(node) && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    /** The last line of a block that is neither blank nor a comment. */
    private int lastLineEnd(Node block) {
        int end = index(block.getEndMark());
        for (int line = text.lastIndexOf('\n', end - 1) + 1; text.substring(line, end).matches("\\s*(#.*)?\\s*") && line > start(block);
                line = text.lastIndexOf('\n', end - 1) + 1) {
            end = line - 1;
        }
        return end;
    }

    private int lineEnd(int from) {
        int end = text.indexOf(lineEnd, from);
        return end < 0 ? text.length() : end;
    }
}
