package org.intelmq.bots.experts.securitytxt;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.Reply;
import org.intelmq.message.Field;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Message;
import org.intelmq.text.net.MailAddress;
import org.intelmq.text.net.UrlHost;

/** Protocol: RFC 9116, {@code /.well-known/security.txt} on the host itself, or {@code /security.txt} as in its drafts. */
public final class SecurityTxtExpert implements Bot<Message> {

    public record Params(
            @Param(value = "Field with the host to ask, a name or a URL.", byDefault = "source.reverse_dns", fields = FieldNames.LOOKED_AT)
            String urlField,
            @Param(value = "Field that gets the contact.", byDefault = "source.abuse_contact", fields = FieldNames.FILLED)
            String contactField,
            @Param(value = "Whether to use only mail addresses, not addresses of web pages.", byDefault = "true")
            boolean onlyEmailAddress,
            @Param(value = "Whether an existing contact is replaced.", byDefault = "true")
            boolean overwrite,
            @Param(value = "Whether expired files are ignored.", byDefault = "false")
            boolean checkExpired,
            @Param(value = "Whether files that do not name their own address as canonical are ignored.", byDefault = "false")
            boolean checkCanonical,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.securitytxt.expert", "SecurityTXT",
            "Adds the contact that a host names in its security.txt.", Params.class, SecurityTxtExpert::new).waiting();

    private static final List<String> PLACES = List.of("/.well-known/security.txt", "/security.txt");

    private final Params params;
    private final BotContext context;
    private final Http http;
    private final Clock clock;
    private final Field hostField;
    private final Field contactField;

    SecurityTxtExpert(Params params, BotContext context) {
        this.params = params;
        this.context = context;
        this.http = context.http(params.http);
        this.clock = context.clock();
        this.hostField = Field.of(params.urlField);
        this.contactField = Field.of(params.contactField);
    }

    @Override
    public void process(Message event, Outbox out) throws InterruptedException {
        String host = host(event.text(hostField));
        if (host != null && (params.overwrite || !event.has(contactField))) {
            String contact = contact(host);
            if (contact != null) {
                event.offer(contactField, contact, IfPresent.overwriting(params.overwrite));
            }
        }
        out.send(event);
    }

    private static String host(String field) {
        return field == null ? null : UrlHost.of(field.contains("://") ? field : "https://" + field);
    }

    /** Returns {@code null} if the host gives none: most have no such file, and many do not answer. */
    private String contact(String host) throws InterruptedException {
        String authority = host.indexOf(':') < 0 ? host : '[' + host + ']';
        for (String place : PLACES) {
            try {
                URI address = URI.create("https://" + authority + place);
                SecurityTxt file = fetch(address);
                if (file != null) {
                    return isUsable(file, address) ? first(file) : null;
                }
            } catch (IOException | IllegalArgumentException e) {
                context.log().fine(() -> "No security.txt of " + host + ": " + e.getMessage());
                return null;
            }
        }
        return null;
    }

    /** Returns {@code null} if there is no such file. */
    private SecurityTxt fetch(URI address) throws IOException, InterruptedException {
        Reply reply = http.ask(http.request(address).GET().build());
        SecurityTxt file = reply.isSuccess() ? SecurityTxt.parse(reply.utf8()) : null;
        return file == null || file.contacts().isEmpty() ? null : file;
    }

    private boolean isUsable(SecurityTxt file, URI address) {
        return !(params.checkExpired && file.isExpired(clock.instant())) && !(params.checkCanonical && !file.belongsTo(address));
    }

    private String first(SecurityTxt file) {
        for (String contact : file.contacts()) {
            String address = MailAddress.of(contact);
            if (address != null) {
                return address;
            }
            if (!params.onlyEmailAddress && !contact.toLowerCase(Locale.ROOT).startsWith("mailto:")) {
                return contact;
            }
        }
        return null;
    }
}
