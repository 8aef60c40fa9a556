package org.intelmq.yaml;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * YAML 1.2 as IntelMQ's parser reads it: {@code yes} and {@code on} are text, {@code 012} is twelve, {@code 1_000} a thousand, {@code <<}
 * merges. Values are those of {@link org.intelmq.message.Json}. Writing changes only what differs: comments, order and spelling of the rest
 * stay.
 */
public final class Yaml {

    private static final long MOST_VALUES = 1_000_000;
    private static final int MOST_ROUNDS = 4;
    private static final LoadSettings READING = LoadSettings.builder().setSchema(new PlainScalars()).setMaxAliasesForCollections(Integer.MAX_VALUE).build();

    private Yaml() { }

    /**
     * The document's value; {@code null} if there is none.
     *
     * @param source name of the file, used in messages
     * @throws ConfigurationFileException naming the place of the mistake
     */
    public static Object read(String text, String source) {
        return compose(text, source).map(root -> new YamlValues(source).of(root)).orElse(null);
    }

    /**
     * The line, from 1, on which each entry of a list begins; empty if the text is not a list.
     *
     * @throws ConfigurationFileException naming the place of the mistake
     */
    public static List<Integer> lines(String text, String source) {
        return compose(text, source).filter(SequenceNode.class::isInstance).map(SequenceNode.class::cast)
                .map(list -> list.getValue().stream().map(item -> item.getStartMark().map(mark -> mark.getLine() + 1).orElse(1)).toList()).orElse(List.of());
    }

    /**
     * The text, changed so that it reads as {@code target}. Values shared through an alias or a merge keep their meaning elsewhere.
     *
     * @throws ConfigurationFileException if the text cannot be read as it is
     */
    public static String update(String text, Map<String, Object> target, String source) {
        String plain = YamlUpdate.WRITER.dumpToString(target);
        Object wanted = read(plain, source);
        String changed = text;
        Optional<Node> root = compose(text, source);
        // changing what has an alias changes the alias too, which the next round sees
        for (int round = 0; round < MOST_ROUNDS && root.isPresent() && root.get() instanceof MappingNode mapping; round++) {
            YamlValues values = new YamlValues(source);
            if (values.of(mapping).equals(wanted)) {
                return changed;
            }
            changed = new YamlUpdate(changed, values).apply(mapping, YamlUpdate.cast((Map<?, ?>) wanted));
            try {
                root = compose(changed, source);
                root.ifPresent(new YamlValues(source)::of);
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
        } catch (MarkedYamlEngineException e) {
            throw new ConfigurationFileException(source + " is not valid YAML: " + mistake(e), e);
        } catch (YamlEngineException e) {
            throw new ConfigurationFileException(source + " is not valid YAML: " + e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw new ConfigurationFileException(source + " is nested too deeply", e);
        }
    }

    /** On one line: what is wrong and where, and where that begins which it is part of. */
    private static String mistake(MarkedYamlEngineException e) {
        String context = e.getContext() == null ? "" : " (" + e.getContext()
                + e.getContextMark().map(mark -> ", which begins in line " + (mark.getLine() + 1)).orElse("") + ")";
        return e.getProblem() + e.getProblemMark().map(mark -> " in line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1)).orElse("") + context;
    }

    /** Counts a value once for each alias that stands for it. */
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
                    throw new ConfigurationFileException(source + " has a value that contains itself" + YamlValues.place(node), null);
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
                throw new ConfigurationFileException(source + " stands for more than " + MOST_VALUES + " values" + YamlValues.place(node), null);
            }
            counts.put(node, count);
            return count;
        }
    }
}
