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
    private static final long MOST_VALUES = 1_000_000;
    private static final int MOST_ROUNDS = 4;
    private static final LoadSettings READING = LoadSettings.builder().setSchema(new Scalars()).setMaxAliasesForCollections(Integer.MAX_VALUE).build();
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

    /**
     * The text changed so that it reads as {@code target}. What others refer to by an alias or a merge keeps its meaning for them.
     *
     * @throws ConfigurationFileException if the text cannot be read as it is
     */
    public static String update(String text, Map<String, Object> target, String source) {
        String plain = WRITER.dumpToString(target);
        Object wanted = read(plain, source);
        String changed = text;
        Optional<Node> root = compose(text, source);
        // changing what has an alias changes the alias too, which the next round sees
        for (int round = 0; round < MOST_ROUNDS && root.isPresent() && root.get() instanceof MappingNode mapping; round++) {
            Values values = new Values(source);
            if (values.of(mapping).equals(wanted)) {
                return changed;
            }
            changed = new Update(changed, values).apply(mapping, Update.cast((Map<?, ?>) wanted));
            try {
                root = compose(changed, source);
            } catch (ConfigurationFileException e) {
                return plain;
            }
        }
        return plain;
    }

    private static Optional<Node> compose(String text, String source) {
        try {
            Optional<Node> root = new Compose(READING).composeString(text);
            root.ifPresent(new Expansion(source)::count);
            return root;
        } catch (YamlEngineException e) {
            throw new ConfigurationFileException(source + " is no valid YAML: " + e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw new ConfigurationFileException(source + " is nested too deeply", e);
        }
    }

    /** Counts the values that aliases stand for as often as they stand there. */
    private static final class Expansion {

        private final String source;
        private final Map<Node, Long> counts = new IdentityHashMap<>();

        Expansion(String source) {
            this.source = source;
        }

        long count(Node node) {
            Long known = counts.get(node);
            if (known != null) {
                if (known == 0) {
                    throw new ConfigurationFileException(source + " has a value that contains itself" + place(node), null);
                }
                return known;
            }
            counts.put(node, 0L);
            long count = 1;
            if (node instanceof MappingNode mapping) {
                count += mapping.getValue().stream().mapToLong(entry -> count(entry.getKeyNode()) + count(entry.getValueNode())).sum();
            } else if (node instanceof SequenceNode sequence) {
                count += sequence.getValue().stream().mapToLong(this::count).sum();
            }
            if (count > MOST_VALUES) {
                throw new ConfigurationFileException(source + " stands for more than " + MOST_VALUES + " values" + place(node), null);
            }
            counts.put(node, count);
            return count;
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
            try {
                return node.getTag().equals(Tag.INT) ? whole(text.replace("_", ""))
                        : node.getTag().equals(Tag.FLOAT) ? (Object) real(text.replace("_", "")) : text;
            } catch (NumberFormatException e) {
                throw new ConfigurationFileException(source + " has '" + text + "' where a number is expected" + place(node), e);
            }
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
        private final String lineEnd;
        private final List<Edit> edits = new ArrayList<>();

        private record Edit(int from, int to, String replacement) { }

        Update(String text, Values values) {
            this.text = text;
            this.values = values;
            this.lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
        }

        String apply(MappingNode root, Map<String, Object> target) {
            update(root, target, 0);
            StringBuilder result = new StringBuilder(text);
            edits.sort((one, other) -> Integer.compare(other.from(), one.from()));
            edits.forEach(edit -> result.replace(edit.from(), edit.to(), edit.replacement().replace("\n", lineEnd)));
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
                added.remove(key(entry));
                if (!key(entry).equals(MERGE) && isFlow) {
                    updateInFlow(entry, target.get(key(entry)));
                } else if (!key(entry).equals(MERGE)) {
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

        /** Whether the entries can stay: none is to go, and each has a value of its own. */
        private boolean canGrow(MappingNode node, Map<String, Object> target) {
            return !node.getValue().isEmpty() && node.getValue().stream().allMatch(entry ->
                    (key(entry).equals(MERGE) || target.containsKey(key(entry))) && (isAlias(entry) || contentEnd(entry.getValueNode()) > start(entry.getValueNode())));
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
            String key = key(entry);
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
        private static Map<String, Object> cast(Map<?, ?> map) {
            return (Map<String, Object>) map;
        }

        private static boolean hasMerge(MappingNode node) {
            return node.getValue().stream().anyMatch(entry -> key(entry).equals(MERGE));
        }

        /** An alias is read as the node it stands for, which lies before it. */
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

        /** Behind the last character of the value; a block's own end mark lies behind the comments that follow it. */
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

        /** Of the lines of a block the last one that is neither blank nor a comment. */
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
}
