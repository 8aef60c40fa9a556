package org.intelmq.bots.experts.formatfield;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotType;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Field;
import org.intelmq.message.Message;

public final class FormatFieldExpert implements Bot<Message> {

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.format_field.expert", "Format Field",
            "Strips characters from the ends of fields, replaces text in one, and splits one into a list.",
            Params.class, (params, context) -> new FormatFieldExpert(params));

    public record Params(
            @Param(value = "Fields to strip.", byDefault = "", example = "malware.name, extra.tags", fields = FieldNames.LOOKED_AT)
            List<String> stripColumns,
            @Param(value = "Characters to strip from both ends.", byDefault = " ")
            String stripChars,
            @Param(value = "Field to replace text in.", byDefault = "", fields = FieldNames.LOOKED_AT)
            String replaceColumn,
            @Param(value = "Text to be replaced.", byDefault = "")
            String oldValue,
            @Param(value = "Replacement text.", byDefault = "")
            String newValue,
            @Param(value = "Maximum number of replacements; -1 for any number.", byDefault = "1", mayBeNegative = true)
            int replaceCount,
            @Param(value = "Field to split.", byDefault = "", fields = FieldNames.LOOKED_AT)
            String splitColumn,
            @Param(value = "Text to split at.", byDefault = ",", neverEmpty = true)
            String splitSeparator) { }

    private static final int LONGEST = 32_000_000;

    private final Params params;
    private final List<Field> stripped;
    private final Field replaced;
    private final Field split;

    FormatFieldExpert(Params params) {
        this.params = params;
        this.stripped = params.stripColumns().stream().map(Field::of).toList();
        this.replaced = params.replaceColumn().isEmpty() ? null : Field.of(params.replaceColumn());
        this.split = params.splitColumn().isEmpty() ? null : Field.of(params.splitColumn());
    }

    @Override
    public void process(Message event, Outbox out) {
        for (Field field : stripped) {
            change(event, field, this::strip);
        }
        change(event, replaced, this::replace);
        change(event, split, this::split);
        out.send(event);
    }

    private static void change(Message event, Field field, Function<String, Object> change) {
        Object value = field == null ? null : event.get(field);
        if (value == null || value.equals(false) || value instanceof Number number && number.doubleValue() == 0) {
            return;
        }
        if (!(value instanceof String text)) {
            throw new IllegalArgumentException(field + " cannot be formatted: expected text, but it is " + value);
        }
        event.put(field, change.apply(text));
    }

    private String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && params.stripChars().indexOf(text.codePointAt(start)) >= 0) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (end > start && params.stripChars().indexOf(text.codePointBefore(end)) >= 0) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    private String replace(String text) {
        String old = params.oldValue();
        StringBuilder out = new StringBuilder(text.length());
        int left = params.replaceCount() < 0 ? Integer.MAX_VALUE : params.replaceCount();
        int from = 0;
        for (int at = text.indexOf(old); at >= 0 && left > 0; left--) {
            out.append(text, from, at).append(params.newValue());
            if (out.length() > LONGEST) {
                throw new IllegalArgumentException(replaced + " would have more than " + LONGEST + " characters with new_value in place of each old_value");
            }
            from = at + old.length();
            if (at == text.length()) {
                break;
            }
            if (old.isEmpty()) {
                out.append(text.charAt(at));
                from = at + 1;
            }
            at = text.indexOf(old, from);
        }
        return out.append(text, Math.min(from, text.length()), text.length()).toString();
    }

    private List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(params.splitSeparator()); at >= 0; at = text.indexOf(params.splitSeparator(), from)) {
            parts.add(text.substring(from, at));
            from = at + params.splitSeparator().length();
        }
        parts.add(text.substring(from));
        return parts;
    }
}
