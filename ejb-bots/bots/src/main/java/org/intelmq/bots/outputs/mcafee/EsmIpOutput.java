package org.intelmq.bots.outputs.mcafee;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Form;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Field;
import org.intelmq.message.Message;
import org.intelmq.text.python.PythonText;

/** A batch is one request. A value that is already on the list stays there once, so one that comes again does no harm. */
public final class EsmIpOutput implements BatchBot<Message> {

    public record Params(
            @Param(value = "Address or name of the ESM.", byDefault = "1.2.3.4", example = "esm.example", form = Form.HOST)
            String esmIp,
            @Param(value = "User with write access to the watchlist.", byDefault = "NGCP", form = Form.LINE)
            String esmUser,
            @Param(value = "Password of the user.", secret = true, aliases = "esm_pw", form = Form.LINE)
            String esmPassword,
            @Param(value = "Name of the watchlist, which must be one for IP addresses.", example = "intelmq", form = Form.LINE)
            String esmWatchlist,
            @Param(value = "Field whose value is put on the watchlist; events without it are skipped.", byDefault = "source.ip",
                    fields = FieldNames.LOOKED_AT)
            String field,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.output("intelmq.bots.outputs.mcafee.output_esm_ip", "McAfee ESM IP",
            "Adds addresses to a watchlist of McAfee Enterprise Security Manager, now Trellix ESM.", Params.class, EsmIpOutput::new).waiting();

    private final Field field;
    private final Watchlist watchlist;

    EsmIpOutput(Params params, BotContext context) {
        field = Field.of(params.field());
        watchlist = new Watchlist(params, context);
    }

    @Override
    public void process(Message event, Outbox out) throws IOException, InterruptedException {
        processAll(List.of(event), out);
    }

    @Override
    public void processAll(List<Message> events, Outbox out) throws IOException, InterruptedException {
        List<String> values = events.stream().map(event -> event.get(field)).filter(Objects::nonNull).map(PythonText::str).distinct().toList();
        if (!values.isEmpty()) {
            watchlist.add(values);
        }
    }

    @Override
    public void close() throws InterruptedException {
        watchlist.logout();
    }
}
