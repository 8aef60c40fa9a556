package org.intelmq.bots.parsers.keyvalue;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Param;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.Lines;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.TimeConversion;
import org.intelmq.text.time.UnreadableTime;

/** Feed: any log with {@code srcip=192.0.2.1 port="80"} in its lines; words without a separator are skipped. */
public final class KeyValueParser {

    public static final BotType<Params> TYPE = BotType.parser("intelmq.bots.parsers.key_value.parser", "Key=Value Parser",
            "Lines of keys and values, as logged by firewalls. Quotes do not protect the separator between pairs.", Params.class,
            (params, context) -> new RowParser<>(context, Lines.all(), new KeyValueParser(params, context)::map));

    private static final TimeConversion TIMESTAMP = TimeConversion.of("timestamp");

    private final Map<String, Field> fields = new HashMap<>();
    private final String keySeparator;
    private final Pattern pairSeparator;
    private final boolean stripQuotes;
    private final Set<String> nullValues;
    private final TimeConversion fuzzy;
    private final BotContext context;

    public record Params(
            @Param(value = "The field of each key; other keys are left out.", example = "srcip: source.ip",
                    fields = FieldNames.VALUES_FILLED)
            Map<String, Object> keys,
            @Param(value = "Separator between key and value.", byDefault = "=", neverEmpty = true)
            String kvSeparator,
            @Param(value = "Separator between pairs.", byDefault = " ", neverEmpty = true)
            String pairSeparator,
            @Param(value = "Whether double quotes around a value are removed.", byDefault = "true")
            boolean stripQuotes,
            @Param(value = "The time zone of times without one.", byDefault = "UTC", example = "Europe/Vienna")
            ZoneId timezone,
            @Param(value = "Values that count as empty.", byDefault = "", example = "None, N/A")
            Set<String> nullValues,
            @Param(value = "Has no effect: map a key to time.source instead.", optional = true)
            String timestampKey) {

        public Params {
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("parameter 'keys' cannot be empty: expected a map of keys to fields");
            }
        }
    }

    private KeyValueParser(Params params, BotContext context) {
        params.keys().forEach((key, field) -> fields.put(key, Field.of(String.valueOf(field))));
        keySeparator = params.kvSeparator();
        pairSeparator = Pattern.compile(params.pairSeparator(), Pattern.LITERAL);
        stripQuotes = params.stripQuotes();
        nullValues = params.nullValues();
        fuzzy = TimeConversion.of("fuzzy", params.timezone());
        this.context = context;
    }

    private void map(Row<String> row) {
        Event event = row.newEvent();
        for (String pair : pairSeparator.split(row.content(), -1)) {
            int separator = pair.lastIndexOf(keySeparator);
            Field field = separator < 0 ? null : fields.get(pair.substring(0, separator));
            if (field != null) {
                String value = unquoted(pair.substring(separator + keySeparator.length()));
                if (nullValues.contains(value)) {
                    continue;
                }
                event.offer(field, field.equals(Fields.TIME_SOURCE) ? time(value, row.content()) : value);
            }
        }
        event.add(Fields.RAW, row.content());
    }

    private String unquoted(String value) {
        return stripQuotes && value.length() > 1 && value.startsWith("\"") && value.endsWith("\"") ? value.substring(1, value.length() - 1) : value;
    }

    /** Seconds since 1970, or a time in any spelling; {@code null} if it is not a time. */
    private String time(String value, String line) {
        try {
            return value.chars().allMatch(Character::isDigit) && !value.isEmpty() ? TIMESTAMP.convert(value) : fuzzy.convert(value, context.clock());
        } catch (UnreadableTime e) {
            context.log().warning("Could not parse '" + value + "' for time.source, it is left out of line '" + line + "'.");
            return null;
        }
    }
}
