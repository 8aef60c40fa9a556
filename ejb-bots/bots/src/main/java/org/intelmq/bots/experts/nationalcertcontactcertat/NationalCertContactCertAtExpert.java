package org.intelmq.bots.experts.nationalcertcontactcertat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.logging.Logger;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Message;

/** Service: https://contacts.cert.at/cgi-bin/abuse-nationalcert.pl. */
public final class NationalCertContactCertAtExpert implements Bot<Message> {

    public record Params(
            @Param(value = "Whether the service is only asked about addresses in Austria.", byDefault = "false")
            boolean filter,
            @Param(value = "Whether an existing country is replaced.", byDefault = "false")
            boolean overwriteCc,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.national_cert_contact_certat.expert",
            "National CERT Contact Lookup by CERT.AT", "Adds country and national CERT of source and destination, as returned by CERT.at.",
            Params.class, NationalCertContactCertAtExpert::new).waiting();

    private static final String SERVICE = "https://contacts.cert.at/cgi-bin/abuse-nationalcert.pl";
    private static final int COUNTRY = 1;
    private static final int CONTACT = 3;

    private final Params params;
    private final Http http;
    private final Logger log;

    NationalCertContactCertAtExpert(Params params, BotContext context) {
        this.params = params;
        this.http = context.http(params.http);
        this.log = context.log();
    }

    @Override
    public void process(Message event, Outbox out) throws IOException, InterruptedException {
        complete(event, Fields.SOURCE_IP, Fields.SOURCE_GEOLOCATION_CC, Fields.SOURCE_ABUSE_CONTACT);
        complete(event, Fields.DESTINATION_IP, Fields.DESTINATION_GEOLOCATION_CC, Fields.DESTINATION_ABUSE_CONTACT);
        out.send(event);
    }

    private void complete(Message event, Field ip, Field country, Field contact) throws IOException, InterruptedException {
        String address = event.text(ip);
        String answer = address == null ? "" : ask(address);
        if (answer.isEmpty()) {
            return;
        }
        String[] columns = answer.strip().split(";", -1);
        if (columns.length <= CONTACT) {
            log.warning(SERVICE + " answered \"" + answer.strip() + "\" for " + address + ", expected at least four columns");
            return;
        }
        if (params.overwriteCc || !event.has(country)) {
            event.offer(country, columns[COUNTRY], IfPresent.REPLACE);
        }
        if (!columns[CONTACT].isBlank()) {
            String present = event.text(contact);
            event.offer(contact, present == null ? columns[CONTACT] : present + ',' + columns[CONTACT], IfPresent.REPLACE);
        }
    }

    private String ask(String address) throws IOException, InterruptedException {
        String query = "?ip=" + URLEncoder.encode(address, StandardCharsets.UTF_8) + "&bFilter=" + (params.filter ? "on" : "off")
                + "&bShowNationalCERT=on&sep=semicolon";
        return http.ask(http.request(URI.create(SERVICE + query)).GET().build()).checked().utf8();
    }
}
