package org.intelmq.bots.experts.truncatebydelimiter;

import org.intelmq.bot.Bot;
import org.intelmq.bot.BotType;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Field;
import org.intelmq.message.Message;

public final class TruncateByDelimiterExpert implements Bot<Message> {

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.truncate_by_delimiter.expert", "Truncate by Delimiter",
            "Shortens a field that is too long by dropping parts at its beginning.", Params.class,
            (params, context) -> new TruncateByDelimiterExpert(params));

    public record Params(
            @Param(value = "Text that ends a part.", byDefault = ".")
            String delimiter,
            @Param(value = "Maximum length of the field.", byDefault = "200")
            int maxLength,
            @Param(value = "The field to shorten.", byDefault = "source.fqdn", fields = FieldNames.LOOKED_AT)
            String field) {

        public Params {
            if (delimiter.isEmpty()) {
                throw new IllegalArgumentException("parameter 'delimiter' cannot be empty: expected text that ends a part");
            }
        }
    }

    private final Params params;
    private final Field field;

    private TruncateByDelimiterExpert(Params params) {
        this.params = params;
        this.field = Field.of(params.field());
    }

    @Override
    public void process(Message event, Outbox out) {
        if (event.has(field)) {
            if (!(event.get(field) instanceof String text)) {
                throw new IllegalArgumentException(field + " cannot be shortened: expected text, but it is " + event.get(field));
            }
            event.change(field, shortened(text));
        }
        out.send(event);
    }

    private String shortened(String text) {
        int start = 0;
        while (text.codePointCount(start, text.length()) > params.maxLength()) {
            int at = text.indexOf(params.delimiter(), start);
            if (at < 0) {
                break;
            }
            start = at + params.delimiter().length();
        }
        return text.substring(start);
    }
}
