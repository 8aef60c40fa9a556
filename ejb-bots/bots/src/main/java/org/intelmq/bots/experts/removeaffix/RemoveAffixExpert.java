package org.intelmq.bots.experts.removeaffix;

import org.intelmq.bot.Bot;
import org.intelmq.bot.BotType;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Field;
import org.intelmq.message.Message;

public final class RemoveAffixExpert implements Bot<Message> {

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.remove_affix.expert", "Remove Affix",
            "Removes a text from the beginning or the end of a field.", Params.class, (params, context) -> new RemoveAffixExpert(params));

    public record Params(
            @Param(value = "Whether the text is removed from the beginning; otherwise from the end.", byDefault = "true")
            boolean removePrefix,
            @Param(value = "The text to remove.", byDefault = "www.")
            String affix,
            @Param(value = "The field to change.", byDefault = "source.fqdn", fields = FieldNames.LOOKED_AT)
            String field) { }

    private final Params params;
    private final Field field;

    private RemoveAffixExpert(Params params) {
        this.params = params;
        this.field = Field.of(params.field());
    }

    @Override
    public void process(Message event, Outbox out) {
        if (event.has(field)) {
            if (!(event.get(field) instanceof String text)) {
                throw new IllegalArgumentException(field + " has no affix: expected text, but it is " + event.get(field));
            }
            event.change(field, without(text));
        }
        out.send(event);
    }

    private String without(String text) {
        String affix = params.affix();
        if (params.removePrefix()) {
            return text.startsWith(affix) ? text.substring(affix.length()) : text;
        }
        return text.endsWith(affix) ? text.substring(0, text.length() - affix.length()) : text;
    }
}
