package org.intelmq.bots.experts.rfc1918;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotType;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Field;
import org.intelmq.message.Message;
import org.intelmq.text.net.IpAddress;
import org.intelmq.text.net.ReservedNumbers;
import org.intelmq.text.net.UrlHost;

public final class Rfc1918Expert implements Bot<Message> {

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.rfc1918.expert", "RFC 1918",
            "Removes fields or drops events if their addresses, names or AS numbers are private, reserved or for documentation.",
            Params.class, (params, context) -> new Rfc1918Expert(params));

    public record Params(
            @Param(value = "Fields to check, in this order, up to the first that matches; their names must end in .ip, .fqdn, .url or .asn.",
                    byDefault = "destination.ip, source.ip, source.url", fields = FieldNames.LOOKED_AT)
            List<String> fields,
            @Param(value = "What to do with each of fields: del removes it, drop drops the event.", byDefault = "del, drop, drop")
            List<String> policy) {

        public Params {
            if (fields.size() != policy.size()) {
                throw new IllegalArgumentException("parameters 'fields' (" + fields.size() + ") and 'policy' (" + policy.size()
                        + ") differ in length: expected one policy for each field");
            }
        }
    }

    private static final Set<String> NAMES = Set.of("example.com", "example.net", "example.org", "localhost");
    private static final List<String> NAME_ENDS = List.of(".test", ".example", ".invalid", ".localhost", ".example.com", ".example.net",
            ".example.org");

    private record Check(Field field, Predicate<Object> isReserved, String policy) { }

    private final List<Check> checks = new ArrayList<>();

    private Rfc1918Expert(Params params) {
        for (int i = 0; i < params.fields().size(); i++) {
            String field = params.fields().get(i).toLowerCase(Locale.ROOT);
            checks.add(new Check(Field.of(field), check(field), params.policy().get(i).toLowerCase(Locale.ROOT)));
        }
    }

    private static Predicate<Object> check(String field) {
        return switch (field.substring(field.lastIndexOf('.') + 1)) {
            case "ip" -> value -> ReservedNumbers.contain(IpAddress.parse(value.toString()));
            case "fqdn" -> value -> isReserved(value.toString());
            case "url" -> value -> isReservedHost(UrlHost.of(value.toString()));
            case "asn" -> value -> value instanceof Long number && ReservedNumbers.contain(number);
            default -> value -> false;
        };
    }

    private static boolean isReserved(String name) {
        if (NAMES.contains(name)) {
            return true;
        }
        for (String end : NAME_ENDS) {
            if (name.endsWith(end)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isReservedHost(String host) {
        IpAddress address = host == null ? null : IpAddress.parseOrNull(host);
        return address == null ? host != null && isReserved(host) : ReservedNumbers.contain(address);
    }

    @Override
    public void process(Message event, Outbox out) {
        for (Check check : checks) {
            Object value = event.get(check.field());
            if (value != null && check.isReserved().test(value)) {
                if (check.policy().equals("drop")) {
                    return;
                }
                if (check.policy().equals("del")) {
                    event.remove(check.field());
                }
                break;
            }
        }
        out.send(event);
    }
}
