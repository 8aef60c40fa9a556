package org.intelmq.administration.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.intelmq.administration.Refusal;
import org.intelmq.message.Field;
import org.intelmq.message.Message;

/**
 * Which messages somebody wants to see: {@code source.asn = 64496 and classification.type != spam}. Of each field, the text of its
 * value is compared: {@code =}, {@code !=}, {@code ^=} (begins with), {@code *=} (contains); a field alone must be there. Quotes
 * around a value may be left out where it has no space. No regular expressions, because the bot's own thread compares.
 */
final class MessageFilter implements Predicate<Message> {

    private static final Pattern TERM =
            Pattern.compile("\\s*([a-z][a-z0-9_.]*)\\s*(?:(=|!=|\\^=|\\*=)\\s*(?:\"([^\"]*)\"|'([^']*)'|(\\S+)))?\\s*(and\\s|$)");
    private static final int LONGEST = 1000;

    private record Term(Field field, String comparison, String value) {

        boolean holds(Message message) {
            Object found = message.has(field) ? message.get(field) : null;
            if (comparison == null || found == null) {
                return comparison == null ? found != null : comparison.equals("!=");
            }
            String text = found.toString();
            return switch (comparison) {
                case "=" -> text.equals(value);
                case "!=" -> !text.equals(value);
                case "^=" -> text.startsWith(value);
                default -> text.contains(value);
            };
        }
    }

    private final List<Term> terms = new ArrayList<>();

    /** @throws Refusal naming where it cannot be understood */
    MessageFilter(String text) {
        Matcher term = TERM.matcher(text);
        int at = 0;
        while (at < text.length() || terms.isEmpty()) {
            if (text.length() > LONGEST || !term.find(at) || term.start() != at) {
                throw new Refusal(Refusal.Kind.INVALID, "invalid-condition", "where cannot be '" + text + "': from '"
                        + text.substring(Math.min(at, text.length()))
                        + "' on expected FIELD, FIELD = VALUE, !=, ^= (begins with) or *= (contains), joined by and",
                        "For example: source.asn = 64496 and malware.name ^= emo");
            }
            String value = Stream.of(3, 4, 5).map(term::group).filter(Objects::nonNull).findFirst().orElse(null);
            terms.add(new Term(Field.of(term.group(1)), term.group(2), value));
            at = term.end();
        }
    }

    @Override
    public boolean test(Message message) {
        for (Term term : terms) {
            if (!term.holds(message)) {
                return false;
            }
        }
        return true;
    }
}
