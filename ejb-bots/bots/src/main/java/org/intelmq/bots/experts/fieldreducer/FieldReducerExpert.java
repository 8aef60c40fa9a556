package org.intelmq.bots.experts.fieldreducer;

import java.util.List;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Message;

public final class FieldReducerExpert implements Bot<Message> {

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.field_reducer.expert", "Field Reducer",
            "Removes fields: those named, or all others.", Params.class, FieldReducerExpert::new);

    enum Listing { WHITELIST, BLACKLIST }

    public record Params(
            @Param("Whether keys are the only fields to keep (whitelist) or those to remove (blacklist).")
            Listing type,
            @Param(value = "Names of fields.", optional = true, example = "raw, extra", fields = FieldNames.LOOKED_AT)
            List<String> keys) { }

    private final Params params;
    private final BotContext context;
    private final List<Field> keys;

    private FieldReducerExpert(Params params, BotContext context) {
        this.params = params;
        this.context = context;
        this.keys = params.keys() == null ? null : params.keys().stream().map(Field::of).toList();
        if (keys == null) {
            context.log().warning("parameter 'keys' is not set: no event can be handled");
        }
    }

    @Override
    public void process(Message event, Outbox out) {
        if (keys == null) {
            throw new IllegalStateException("parameter 'keys' is not set: expected names of fields");
        }
        if (params.type() == Listing.WHITELIST) {
            out.send(only(event));
            return;
        }
        keys.forEach(event::remove);
        out.send(event);
    }

    private Event only(Message event) {
        Event rest = context.newEvent();
        for (Field key : keys) {
            if (event.has(key)) {
                rest.addUnsanitized(key, event.get(key), IfPresent.FAIL, true);
            }
        }
        return rest;
    }
}
