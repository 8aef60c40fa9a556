package org.intelmq.yaml;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
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

    static final String MERGE = "<<";
    private static final long MOST_VALUES = 1_000_000;
    private static final int MOST_ROUNDS = 4;
    private static final LoadSettings READING = LoadSettings.builder().setSchema(new Scalars()).setMaxAliasesForCollections(Integer.MAX_VALUE).build();
    static final Dump WRITER = new Dump(DumpSettings.builder().setSchema(new Scalars()).setDefaultFlowStyle(FlowStyle.BLOCK)
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
            changed = new YamlUpdate(changed, values).apply(mapping, YamlUpdate.cast((Map<?, ?>) wanted));
            try {
                root = compose(changed, source);
                root.ifPresent(new Values(source)::of);
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
            throw new ConfigurationFileException(source + " is not valid YAML: " + e.getMessage(), e);
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
    static final class Values {

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

    static String key(NodeTuple entry) {
        return entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : entry.getKeyNode().toString();
    }

    private static String place(Node node) {
        return node.getStartMark().map(mark -> " in line " + (mark.getLine() + 1)).orElse("");
    }
}
