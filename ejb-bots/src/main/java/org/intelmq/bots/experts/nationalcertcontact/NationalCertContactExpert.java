package org.intelmq.bots.experts.nationalcertcontact;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;

/** Service: https://contacts.cert.at/cgi-bin/abuse-nationalcert.pl, one line with semicolons an address. */
public final class NationalCertContactExpert implements Bot<Message> {

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.national_cert_contact_certat.expert",
            "National CERT contact by CERT.AT", "Asks CERT.at for the country of addresses and the abuse contact of its national CERT.",
            Params.class, NationalCertContactExpert::new).waiting();

    public record Params(
            @Param(value = "Whether only addresses in Austria are answered for.", byDefault = "false")
            boolean filter,
            @Param(value = "Whether a country code that is set already is replaced.", byDefault = "false")
            boolean overwriteCc,
            HttpParams http) { }

    private static final String SERVICE = "https://contacts.cert.at/cgi-bin/abuse-nationalcert.pl";

    private final Params params;
    private final Http http;

    private NationalCertContactExpert(Params params, BotContext context) {
        this.params = params;
        this.http = context.http(params.http());
    }

    @Override
    public void process(Message event, Outbox out) throws IOException, InterruptedException {
        fill(event, Fields.SOURCE_IP, Fields.SOURCE_GEOLOCATION_CC, Fields.SOURCE_ABUSE_CONTACT);
        fill(event, Fields.DESTINATION_IP, Fields.DESTINATION_GEOLOCATION_CC, Fields.DESTINATION_ABUSE_CONTACT);
        out.send(event);
    }

    private void fill(Message event, Field address, Field country, Field contact) throws IOException, InterruptedException {
        if (!event.has(address)) {
            return;
        }
        URI question = URI.create(SERVICE + "?ip=" + event.text(address).replace(":", "%3A") + "&bFilter=" + (params.filter() ? "on" : "off")
                + "&bShowNationalCERT=on&sep=semicolon");
        String answer = new String(http.get(question), StandardCharsets.UTF_8);
        if (answer.isEmpty()) {
            return;
        }
        String[] parts = answer.strip().split(";", -1);
        if (parts.length < 4) {
            throw new IOException(question + " answered \"" + answer.strip() + "\": expected at least 4 parts between semicolons");
        }
        if (params.overwriteCc()) {
            event.put(country, parts[1]);
        } else if (!event.has(country)) {
            event.add(country, parts[1]);
        }
        event.put(contact, event.has(contact) ? event.text(contact) + ',' + parts[3] : parts[3]);
    }
}
