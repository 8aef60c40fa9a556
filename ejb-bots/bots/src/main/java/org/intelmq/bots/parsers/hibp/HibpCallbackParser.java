package org.intelmq.bots.parsers.hibp;

import java.util.Collection;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Extra;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Json;
import org.intelmq.text.CodePointOrder;

/**
 * Feed: what https://haveibeenpwned.com posts to enterprise subscribers, one object per breach or paste. In a real breach {@code Breach} is an
 * object; in the callback's test it is a list, and the address is in {@code Email}.
 */
public final class HibpCallbackParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.hibp.parser_callback",
            "Have I Been Pwned Callback", "Accounts found in breaches and pastes, one event each, from the callback for enterprise subscribers.",
            NoParams.class, (params, context) -> new RowParser<>(context, HibpCallbackParser::split, HibpCallbackParser::map));

    private static final Set<String> KNOWN = Set.of("Breach", "Domain", "DomainEmails", "Email", "Paste");

    private HibpCallbackParser() { }

    private static void split(String text, Consumer<Row<JsonObject>> rows) {
        Object callback = Json.parse(text);
        if (JsonObject.isTrue(callback)) {
            rows.accept(new Row<>(new JsonObject(callback), () -> Json.writeSortedAsRead(callback), () -> text));
        }
    }

    private static void map(Row<JsonObject> row) {
        JsonObject callback = row.content();
        boolean hasList = callback.get("DomainEmails") instanceof Collection<?>;
        if (!hasList && !callback.has("Breach") && !callback.has("Paste")) {
            throw new NoSuchElementException("neither 'DomainEmails' nor 'Breach' nor 'Paste' in the callback, but " + callback.map().keySet());
        }
        String raw = row.text();
        TreeSet<String> accounts = new TreeSet<>(CodePointOrder.INSTANCE);
        accounts.add(Objects.requireNonNullElse(callback.text("Email"), ""));
        if (callback.get("DomainEmails") instanceof Collection<?> emails) {
            emails.stream().filter(String.class::isInstance).forEach(account -> accounts.add((String) account));
        }
        accounts.remove("");
        if (accounts.isEmpty() && !hasList) {
            throw new NoSuchElementException("neither 'Email' nor 'DomainEmails' in the callback names an account");
        }
        for (String account : accounts) {
            fill(row.newEvent(), callback, raw, account);
        }
    }

    private static void fill(Event event, JsonObject callback, String raw, String account) {
        event.add(Fields.RAW, raw);
        Extra.add(event, Fields.SOURCE_FQDN, callback.get("Domain"), "domain");
        event.add("extra.domain_emails", callback.get("DomainEmails"));
        if (callback.has("Breach")) {
            event.add("extra.breach", callback.get("Breach"));
            event.add(Fields.CLASSIFICATION_IDENTIFIER, "breach");
            if (callback.get("Breach") instanceof Map<?, ?> breach) {
                Extra.add(event, Fields.TIME_SOURCE, breach.get("AddedDate"), "added_date");
            }
        }
        if (callback.has("Paste")) {
            event.add("extra.paste", callback.get("Paste"));
            event.add(Fields.CLASSIFICATION_IDENTIFIER, "paste");
        }
        callback.map().forEach((name, value) -> {
            if (!KNOWN.contains(name)) {
                Extra.keep(event, name, value);
            }
        });
        event.add(Fields.CLASSIFICATION_TAXONOMY, "information-content-security");
        event.add(Fields.CLASSIFICATION_TYPE, "data-leak");
        event.add(Fields.SOURCE_ACCOUNT, account);
    }
}
