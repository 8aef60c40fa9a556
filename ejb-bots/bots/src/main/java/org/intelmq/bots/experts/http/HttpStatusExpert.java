package org.intelmq.bots.experts.http;

import java.util.Set;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Field;
import org.intelmq.message.Message;

public final class HttpStatusExpert implements Bot<Message> {

    public record Params(
            @Param(value = "Field with the address to look at.", byDefault = "source.url", fields = FieldNames.LOOKED_AT)
            String field,
            @Param(value = "Status codes that count as online besides those below 400.", byDefault = "", example = "401, 403")
            Set<Integer> successStatusCodes,
            @Param(value = "Whether an existing status is replaced.", byDefault = "true")
            boolean overwrite,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.http.expert_status", "HTTP Status",
            "Sets status to online or offline by the status code of an address; extra.reason says why it is offline.",
            Params.class, HttpStatusExpert::new).waiting();

    private final Params params;
    private final Field field;
    private final AddressCheck visit;

    HttpStatusExpert(Params params, BotContext context) {
        this.params = params;
        this.field = Field.of(params.field);
        this.visit = new AddressCheck(context.http(params.http), params.overwrite);
    }

    @Override
    public void process(Message event, Outbox out) throws InterruptedException {
        visit.judge(event, event.text(field), false,
                page -> page.isError() && !params.successStatusCodes.contains(page.status()) ? page.reason() : null);
        out.send(event);
    }
}
