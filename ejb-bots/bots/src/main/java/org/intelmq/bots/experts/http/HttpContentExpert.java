package org.intelmq.bots.experts.http;

import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Field;
import org.intelmq.message.Message;

public final class HttpContentExpert implements Bot<Message> {

    public record Params(
            @Param(value = "Field with the address to look at.", byDefault = "source.url", fields = FieldNames.LOOKED_AT)
            String field,
            @Param(value = "Text that the page is expected to contain; if not set, the page is not checked.", optional = true)
            String needle,
            @Param(value = "Whether an existing status is replaced.", byDefault = "true")
            boolean overwrite,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.http.expert_content", "HTTP Content",
            "Sets status to online if the page at an address contains a text, else to offline, with the reason in extra.reason.",
            Params.class, HttpContentExpert::new).waiting();

    private final Params params;
    private final Field field;
    private final AddressCheck visit;

    HttpContentExpert(Params params, BotContext context) {
        this.params = params;
        this.field = Field.of(params.field);
        this.visit = new AddressCheck(context.http(params.http), params.overwrite);
    }

    @Override
    public void process(Message event, Outbox out) throws InterruptedException {
        String address = event.text(field);
        if (params.needle != null) {
            visit.judge(event, address, true, page -> page.isError() ? page.reason()
                    : page.text().contains(params.needle) ? null : "Text " + params.needle + " not found in response from " + address);
        }
        out.send(event);
    }
}
