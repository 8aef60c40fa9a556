package org.intelmq.yaml;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Plain values of nodes. */
final class YamlValues {

    static final String MERGE = "<<";

    /** In characters: converting a long number takes a time that grows with the square of its length. */
    private static final int LONGEST_NUMBER = 1000;

    private final String source;
    private final Map<Node, Object> known = new IdentityHashMap<>();
    /** Keys and positions that lead to what is being read. */
    private final Deque<String> path = new ArrayDeque<>();

    YamlValues(String source) {
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

    private Object of(String step, Node node) {
        path.addLast(step);
        Object value = of(node);
        path.removeLast();
        return value;
    }

    private List<Object> list(SequenceNode node) {
        List<Object> list = new ArrayList<>(node.getValue().size());
        node.getValue().forEach(item -> list.add(of(String.valueOf(list.size() + 1), item)));
        return list;
    }

    private Map<String, Object> map(MappingNode node) {
        Map<String, Object> merged = new LinkedHashMap<>();
        Map<String, Object> own = new LinkedHashMap<>();
        for (NodeTuple entry : node.getValue()) {
            String key = key(entry);
            if (key.equals(MERGE)) {
                merge(of(key, entry.getValueNode()), merged);
            } else if (own.containsKey(key)) {
                throw new ConfigurationFileException(source + " has the key '" + key + "' twice" + place(entry.getKeyNode()), null);
            } else {
                own.put(key, of(key, entry.getValueNode()));
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
        boolean isNumber = node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT);
        if (isNumber && text.length() > LONGEST_NUMBER) {
            throw unusable("a number of " + text.length() + " characters", "at most " + LONGEST_NUMBER, node);
        }
        try {
            return node.getTag().equals(Tag.INT) ? whole(text.replace("_", ""))
                    : node.getTag().equals(Tag.FLOAT) ? (Object) real(text.replace("_", ""), node) : text;
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

    /** JSON knows no other numbers than finite ones, so nobody could be told what is there. */
    private Double real(String text, Node node) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean named = lower.endsWith(".inf") || lower.equals(".nan");
        Double number = named ? Double.NaN : Double.valueOf(text);
        if (!Double.isFinite(number)) {
            throw unusable("'" + text + "'", "a finite number, or text in quotes", node);
        }
        return number;
    }

    private ConfigurationFileException unusable(String found, String expected, Node node) {
        return new ConfigurationFileException(source + " has " + found + place(node) + (path.isEmpty() ? "" : " (" + String.join(".", path) + ")")
                + ": expected " + expected, null);
    }

    static String key(NodeTuple entry) {
        return entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : entry.getKeyNode().toString();
    }

    /** The position of the node, for messages. */
    static String place(Node node) {
        return node.getStartMark().map(mark -> " in line " + (mark.getLine() + 1)).orElse("");
    }
}
