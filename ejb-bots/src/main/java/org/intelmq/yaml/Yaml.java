package org.intelmq.yaml;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.intelmq.message.Json;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/**
 * YAML 1.2 as IntelMQ's parser reads it: {@code yes} and {@code on} are text, {@code 012} is twelve, {@code 1_000} a thousand,
 * {@code <<} merges. Values are those of {@link org.intelmq.message.Json}. Writing changes only what differs: comments, order
 * and spelling of the rest stay.
 */
public final class Yaml {

    private static final String MERGE = "<<";
    private static final LoadSettings READING = LoadSettings.builder().setSchema(new Scalars()).build();
    private static final Dump WRITER = new Dump(DumpSettings.builder().setSchema(new Scalars()).setDefaultFlowStyle(FlowStyle.BLOCK)
            .setWidth(Integer.MAX_VALUE).setSplitLines(false).build());

    private Yaml() { }

    /**
     * The document's value, {@code null} if there is none.
     *
     * @param source name of the file for messages
     * @throws ConfigurationFileException naming the place of what is wrong
     */
    public static Object read(String text, String source) {
        return compose(text, source).map(root -> new Values(source).of(root)).orElse(null);
    }

    /** The text changed so that it reads as {@code target}. */
    public static String update(String text, Map<String, Object> target, String source) {
        Node root = compose(text, source).orElse(null);
        if (!(root instanceof MappingNode mapping)) {
            return WRITER.dumpToString(target);
        }
        return new Update(text, new Values(source)).apply(mapping, target);
    }

    private static Optional<Node> compose(String text, String source) {
        try {
            return new Compose(READING).composeString(text);
        } catch (YamlEngineException e) {
            throw new ConfigurationFileException(source + " is no valid YAML: " + e.getMessage(), e);
        }
    }

    /** Which plain words are numbers, truth values and nothing. */
    private static final class Scalars extends JsonSchema {

        private static final Pattern TRUTH = Pattern.compile("true|True|TRUE|false|False|FALSE");
        private static final Pattern NOTHING = Pattern.compile("~|null|Null|NULL");
        private static final Pattern WHOLE = Pattern.compile("[-+]?0b[01_]+|[-+]?0o[0-7_]+|[-+]?0x[0-9a-fA-F_]+|[-+]?[0-9][0-9_]*");
        private static final Pattern REAL = Pattern.compile("[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+"
                + "|[-+]?\\.[0-9_]+(?:[eE][-+]?[0-9]+)?|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");

        @Override
        public ScalarResolver getScalarResolver() {
            return Scalars::tag;
        }

        private static Tag tag(String text, Boolean plain) {
            if (!plain) {
                return Tag.STR;
            }
            if (text.isEmpty() || NOTHING.matcher(text).matches()) {
                return Tag.NULL;
            }
            if (TRUTH.matcher(text).matches()) {
                return Tag.BOOL;
            }
            return WHOLE.matcher(text).matches() ? Tag.INT : REAL.matcher(text).matches() ? Tag.FLOAT : Tag.STR;
        }
    }

    /** Plain values of nodes. */
    private static final class Values {

        private final String source;
        private final Map<Node, Object> known = new IdentityHashMap<>();

        Values(String source) {
            this.source = source;
        }

        Object of(Node node) {
            if (known.containsKey(node)) {
                return known.get(node);
            }
            known.put(node, null);
            Object value = node instanceof MappingNode mapping ? map(mapping)
                    : node instanceof SequenceNode sequence ? list(sequence) : scalar((ScalarNode) node);
            known.put(node, value);
            return value;
        }

        private List<Object> list(SequenceNode node) {
            List<Object> list = new ArrayList<>(node.getValue().size());
            node.getValue().forEach(item -> list.add(of(item)));
            return list;
        }

        private Map<String, Object> map(MappingNode node) {
            Map<String, Object> merged = new LinkedHashMap<>();
            Map<String, Object> own = new LinkedHashMap<>();
            for (NodeTuple entry : node.getValue()) {
                String key = key(entry);
                if (key.equals(MERGE)) {
                    merge(of(entry.getValueNode()), merged);
                } else if (own.containsKey(key)) {
                    throw new ConfigurationFileException(source + " has the key '" + key + "' twice" + place(entry.getKeyNode()), null);
                } else {
                    own.put(key, of(entry.getValueNode()));
                }
            }
            merged.putAll(own);
            return merged;
        }

        private static void merge(Object value, Map<String, Object> merged) {
            if (value instanceof Map<?, ?> map) {
                map.forEach((key, item) -> merged.putIfAbsent((String) key, item));
            } else if (value instanceof List<?> list) {
                list.forEach(item -> merge(item, merged));
            }
        }

        private Object scalar(ScalarNode node) {
            String text = node.getValue();
            if (node.getTag().equals(Tag.NULL)) {
                return null;
            }
            if (node.getTag().equals(Tag.BOOL)) {
                return Boolean.valueOf(text);
            }
            if (node.getTag().equals(Tag.INT)) {
                return whole(text.replace("_", ""));
            }
            return node.getTag().equals(Tag.FLOAT) ? (Object) real(text.replace("_", "")) : text;
        }

        private static Number whole(String text) {
            boolean negative = text.startsWith("-");
            String digits = negative || text.startsWith("+") ? text.substring(1) : text;
            int radix = digits.startsWith("0x") ? 16 : digits.startsWith("0o") ? 8 : digits.startsWith("0b") ? 2 : 10;
            BigInteger number = new BigInteger(radix == 10 ? digits : digits.substring(2), radix);
            BigInteger signed = negative ? number.negate() : number;
            return signed.bitLength() < Long.SIZE ? (Number) signed.longValue() : signed;
        }

        private static Double real(String text) {
            String lower = text.toLowerCase(Locale.ROOT);
            if (lower.endsWith(".inf")) {
                return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            }
            return lower.equals(".nan") ? Double.NaN : Double.valueOf(text);
        }
    }

    private static String key(NodeTuple entry) {
        return entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : entry.getKeyNode().toString();
    }

    private static String place(Node node) {
        return node.getStartMark().map(mark -> " in line " + (mark.getLine() + 1)).orElse("");
    }

    /** Collects edits of the text, back to front. */
    private static final class Update {

        private final String text;
        private final Values values;
        private final List<Edit> edits = new ArrayList<>();

        private record Edit(int from, int to, String replacement) { }

        Update(String text, Values values) {
            this.text = text;
            this.values = values;
        }

        String apply(MappingNode root, Map<String, Object> target) {
            update(root, target, 0);
            StringBuilder result = new StringBuilder(text);
            edits.sort((one, other) -> Integer.compare(other.from(), one.from()));
            edits.forEach(edit -> result.replace(edit.from(), edit.to(), edit.replacement()));
            return result.toString();
        }

        private void update(MappingNode node, Map<String, Object> target, int indent) {
            if (values.of(node).equals(target)) {
                return;
            }
            if (node.getFlowStyle() == FlowStyle.FLOW || target.isEmpty() || hasMerge(node)) {
                boolean oneLine = node.getStartMark().map(Mark::getLine).equals(node.getEndMark().map(Mark::getLine));
                edits.add(new Edit(start(node), contentEnd(node), oneLine || target.isEmpty() ? Json.write(target) : Json.pretty(target)));
                return;
            }
            for (NodeTuple entry : node.getValue()) {
                update(entry, target, indent);
            }
            StringBuilder added = new StringBuilder();
            Map<?, ?> current = (Map<?, ?>) values.of(node);
            target.forEach((key, value) -> {
                if (!current.containsKey(key)) {
                    added.append('\n').append(" ".repeat(indent)).append(scalar(key)).append(rendered(value, indent));
                }
            });
            if (!added.isEmpty()) {
                int end = lineEnd(contentEnd(node));
                edits.add(new Edit(end, end, added.toString()));
            }
        }

        private void update(NodeTuple entry, Map<String, Object> target, int indent) {
            String key = key(entry);
            Node value = entry.getValueNode();
            int keyStart = start(entry.getKeyNode());
            if (!target.containsKey(key)) {
                int from = text.lastIndexOf('\n', keyStart - 1) + 1;
                int to = Math.min(text.length(), lineEnd(contentEnd(entry)) + 1);
                edits.add(new Edit(from, to, ""));
                return;
            }
            Object wanted = target.get(key);
            if (value instanceof MappingNode mapping && wanted instanceof Map<?, ?> map && !mapping.getValue().isEmpty() && !map.isEmpty()) {
                Node first = mapping.getValue().get(0).getKeyNode();
                update(mapping, cast(map), first.getStartMark().map(Mark::getColumn).orElse(indent + 2));
            } else if (!Objects.equals(values.of(value), wanted)) {
                edits.add(new Edit(index(entry.getKeyNode().getEndMark()), contentEnd(entry), rendered(wanted, indent)));
            }
        }

        @SuppressWarnings("unchecked")
        private static Map<String, Object> cast(Map<?, ?> map) {
            return (Map<String, Object>) map;
        }

        private static boolean hasMerge(MappingNode node) {
            return node.getValue().stream().anyMatch(entry -> key(entry).equals(MERGE));
        }

        /** What follows a key: a colon, and the value on the same line or below. */
        private static String rendered(Object value, int indent) {
            boolean below = value instanceof Map<?, ?> map && !map.isEmpty() || value instanceof List<?> list && !list.isEmpty();
            if (!below) {
                return ": " + scalar(value);
            }
            String margin = "\n" + " ".repeat(indent + 2);
            return ":" + margin + WRITER.dumpToString(value).stripTrailing().replace("\n", margin);
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

        private int contentEnd(NodeTuple entry) {
            return Math.max(contentEnd(entry.getValueNode()), index(entry.getKeyNode().getEndMark()));
        }

        /** Behind the last character of the value; a block's own end mark lies behind the comments that follow it. */
        private int contentEnd(Node node) {
            if (node instanceof MappingNode mapping && mapping.getFlowStyle() != FlowStyle.FLOW && !mapping.getValue().isEmpty()) {
                return contentEnd(mapping.getValue().get(mapping.getValue().size() - 1));
            }
            if (node instanceof SequenceNode sequence && sequence.getFlowStyle() != FlowStyle.FLOW && !sequence.getValue().isEmpty()) {
                return contentEnd(sequence.getValue().get(sequence.getValue().size() - 1));
            }
            int end = index(node.getEndMark());
            while (end > start(node) && Character.isWhitespace(text.charAt(end - 1))) {
                end--;
            }
            return end;
        }

        private int lineEnd(int from) {
            int end = text.indexOf('\n', from);
            return end < 0 ? text.length() : end;
        }
    }
}
