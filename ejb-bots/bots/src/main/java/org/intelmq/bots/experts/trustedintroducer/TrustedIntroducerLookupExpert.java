package org.intelmq.bots.experts.trustedintroducer;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.Reply;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Message;

/** Directory: https://www.trusted-introducer.org/directory/teams.json, read once at the start. */
public final class TrustedIntroducerLookupExpert implements Bot<Message> {

    /** What to find a team by. */
    public enum Key { DOMAIN, ASN }

    public record Params(
            @Param(value = "What to look up by; the first match counts.", byDefault = "domain, asn")
            List<Key> order,
            @Param(value = "Whether an existing contact is replaced.", byDefault = "true")
            boolean overwrite,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.trusted_introducer_lookup.expert", "Trusted Introducer Lookup",
            "Adds the contact of the team that is responsible for the source's domain or AS, from the directory of Trusted Introducer.",
            Params.class, TrustedIntroducerLookupExpert::new).waiting();

    private static final URI DIRECTORY = URI.create("https://www.trusted-introducer.org/directory/teams.json");

    private final Params params;
    private final Map<String, String> byDomain = new HashMap<>();
    private final Map<Object, String> byAsn = new HashMap<>();

    TrustedIntroducerLookupExpert(Params params, BotContext context) throws IOException, InterruptedException {
        this.params = params;
        Http http = context.http(params.http);
        Reply directory = http.ask(http.request(DIRECTORY).GET().build()).checked();
        try {
            directory.jsonList().forEach(this::read);
        } catch (IOException e) {
            // a page of another system that is in between, or of repairs: the directory comes back
            throw new UnavailableException(e.getMessage(), e);
        }
    }

    /** A team that says less, or says it otherwise, costs no other. */
    private void read(Object entry) {
        if (!(entry instanceof Map<?, ?> team) || !(team.get("emails") instanceof List<?> emails)
                || !(team.get("constituency") instanceof Map<?, ?> constituency)) {
            return;
        }
        String contact = contact(emails);
        for (Object domain : list(constituency.get("domains"))) {
            if (domain instanceof String name && !name.contains(".*")) {
                byDomain.put(name.replace("*.", ""), contact);
            }
        }
        for (Object asn : list(constituency.get("asns"))) {
            byAsn.put(asn, contact);
        }
    }

    private static List<?> list(Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private static String contact(List<?> emails) {
        for (Object email : emails) {
            if (email instanceof Map<?, ?> entry && entry.get("address") instanceof String address && isContact(entry.get("usage"))) {
                return address;
            }
        }
        return "";
    }

    private static boolean isContact(Object usage) {
        return usage instanceof List<?> usages ? usages.contains("contact") : String.valueOf(usage).contains("contact");
    }

    @Override
    public void process(Message event, Outbox out) {
        String contact = null;
        for (Key key : params.order) {
            contact = contact != null ? contact : key == Key.ASN ? byAsn.get(event.get(Fields.SOURCE_ASN))
                    : byDomain(event.text(Fields.SOURCE_FQDN));
        }
        if (!params.order.isEmpty()) {
            event.add(Fields.SOURCE_ABUSE_CONTACT, contact, params.overwrite ? IfPresent.REPLACE : IfPresent.KEEP);
        }
        out.send(event);
    }

    private String byDomain(String fqdn) {
        String contact = null;
        for (String domain = fqdn; domain != null && contact == null; ) {
            contact = byDomain.get(domain);
            int dot = domain.indexOf('.');
            domain = dot < 0 ? null : domain.substring(dot + 1);
        }
        return contact;
    }
}
