package org.intelmq.bots.experts.cymruwhois;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.Defaults;
import org.intelmq.bot.Dns;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.State;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Json;
import org.intelmq.message.Message;
import org.intelmq.text.net.IpAddress;
import org.intelmq.text.net.IpNetwork;

/** Service: https://www.team-cymru.com/ip-asn-mapping, over DNS. */
public final class CymruWhoisExpert implements BatchBot<Message> {

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.cymru_whois.expert", "Cymru Whois",
            "Looks up AS number and name, network, country, registry and time of allocation of addresses at Team Cymru, for a whole batch in "
                    + "parallel.",
            Params.class, CymruWhoisExpert::new).waiting();

    public record Params(
            @Param(value = "Whether fields that are set already are replaced.", byDefault = "false")
            boolean overwrite,
            @Defaults({"redis_cache_db: 5", "redis_cache_ttl: 86400"})
            CacheParams cache) { }

    private static final List<String> NOTHING = List.of();

    /** One side of an event and the answer for its address. */
    private record Question(Message event, String side, Answer answer) { }

    /** What is known, or being asked, about one address. */
    private static final class Answer {
        private final String cacheKey;
        private Map<String, Object> known;
        private CompletableFuture<List<String>> origin;
        private CompletableFuture<List<String>> system;
        /** Whether a look-up failed, so that the answer must not be remembered. */
        private boolean failed;

        Answer(String cacheKey) {
            this.cacheKey = cacheKey;
        }
    }

    private final IfPresent ifPresent;
    private final Duration ttl;
    private final BotContext context;
    private final State state;
    private final Dns dns;

    private CymruWhoisExpert(Params params, BotContext context) {
        this.ifPresent = IfPresent.overwriting(params.overwrite());
        this.ttl = params.cache().redisCacheTtl();
        this.context = context;
        this.state = context.state(params.cache());
        this.dns = context.dns();
    }

    @Override
    public void process(Message event, Outbox out) throws Exception {
        processAll(List.of(event), out);
    }

    @Override
    public void processAll(List<Message> events, Outbox out) throws Exception {
        Map<String, Answer> answers = new LinkedHashMap<>();
        List<Question> questions = new ArrayList<>();
        for (Message event : events) {
            ask(event, "source.", Fields.SOURCE_IP, answers, questions);
            ask(event, "destination.", Fields.DESTINATION_IP, answers, questions);
        }
        for (Answer answer : answers.values()) {
            if (answer.known == null) {
                answer.known = mostSpecific(result(answer, answer.origin));
                Object asn = answer.known.get("asn");
                answer.system = asn == null ? CompletableFuture.completedFuture(NOTHING) : dns.lookup("AS" + asn + ".asn.cymru.com", "TXT");
            }
        }
        for (Map.Entry<String, Answer> each : answers.entrySet()) {
            complete(each.getKey(), each.getValue());
        }
        questions.forEach(this::fill);
        events.forEach(out::send);
    }

    private void ask(Message event, String side, Field address, Map<String, Answer> answers, List<Question> questions) {
        String text = event.text(address);
        if (text != null) {
            questions.add(new Question(event, side, answers.computeIfAbsent(text, this::ask)));
        }
    }

    @SuppressWarnings("unchecked")
    private Answer ask(String text) {
        IpAddress address = IpAddress.parse(text);
        Answer answer = new Answer(address.version() + "_" + text);
        String cached = state.get(answer.cacheKey);
        if (cached != null && !cached.isEmpty()) {
            answer.known = Json.parse(cached) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
        } else {
            String reverse = address.reverseName();
            String labels = reverse.substring(0, reverse.length() - (address.isV4() ? ".in-addr.arpa." : ".ip6.arpa.").length());
            answer.origin = dns.answerToRemember(labels + (address.isV4() ? ".origin.asn.cymru.com" : ".origin6.asn.cymru.com"), "TXT")
                    .thenApply(Dns.Answer::records);
        }
        return answer;
    }

    private void complete(String address, Answer answer) throws InterruptedException {
        if (answer.origin == null) {
            return;
        }
        for (String text : result(answer, answer.system)) {
            List<String> items = items(decoded(text));
            String name = items.size() > 4 ? items.get(4) : null;
            if (name != null && isReadable(encodedOnce(name))) {
                answer.known.put("as_name", encodedOnce(name));
                break;
            }
        }
        if (answer.failed) {
            return;
        }
        if (answer.known.isEmpty()) {
            context.log().info("Got no result from Cymru for IP address '" + address + "'.");
        }
        state.put(answer.cacheKey, answer.known.isEmpty() ? "null" : Json.write(answer.known), ttl);
    }

    /** For these events, a failed look-up counts as nothing found, and they go on without; the next events ask again. */
    private static List<String> result(Answer answer, CompletableFuture<List<String>> lookup) throws InterruptedException {
        try {
            return lookup.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException) {
                answer.failed = true;
                return NOTHING;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Whether the bytes are text without control characters. */
    private static boolean isReadable(String name) {
        return name.chars().noneMatch(c -> c == '\ufffd' || Character.isISOControl(c));
    }

    private static Map<String, Object> mostSpecific(List<String> origins) {
        Map<String, Object> best = new LinkedHashMap<>();
        int longest = -2;
        for (String origin : origins) {
            Map<String, Object> parsed = parseOrigin(items(decoded(origin)));
            IpNetwork network = parsed.get("network") instanceof String text ? IpNetwork.parseOrNull(text, true) : null;
            int prefix = network == null ? -1 : network.prefix();
            if (prefix > longest) {
                longest = prefix;
                best = parsed;
            }
        }
        return best;
    }

    /** {@code 9395 17431 | 192.0.2.0/24 | CN | apnic | 2002-04-17}: if there are several AS numbers, the first counts. */
    private static Map<String, Object> parseOrigin(List<String> items) {
        Map<String, Object> found = new LinkedHashMap<>();
        String asn = items.get(0) == null ? "" : items.get(0).split(" ", 2)[0];
        if (!asn.isEmpty() && asn.chars().allMatch(c -> c >= '0' && c <= '9')) {
            found.put("asn", asn);
        }
        put(found, "network", items, 1);
        put(found, "geolocation.cc", items, 2);
        put(found, "registry", items, 3);
        String allocated = items.size() > 4 ? items.get(4) : null;
        if (allocated != null && isDate(allocated)) {
            found.put("allocated", allocated + "T00:00:00+00:00");
        }
        return found;
    }

    private static void put(Map<String, Object> found, String key, List<String> items, int index) {
        if (index < items.size() && items.get(index) != null) {
            found.put(key, items.get(index));
        }
    }

    /** An unknown allocation date is {@code 0000-00-00}; anything else would be read as today. */
    private static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static List<String> items(String text) {
        List<String> items = new ArrayList<>();
        for (String item : text.split("\\|", -1)) {
            String plain = item.replace("\"", "").strip();
            items.add(plain.isEmpty() || plain.equals("NA") ? null : plain);
        }
        return items;
    }

    /** The text of a TXT record from its zone-file form: quoted strings, with bytes above 126 as {@code \DDD}. */
    private static String decoded(String zoneForm) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(zoneForm.length());
        boolean quoted = false;
        for (int i = 0; i < zoneForm.length(); i++) {
            char c = zoneForm.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && i + 3 < zoneForm.length() && isNumber(zoneForm, i + 1)) {
                bytes.write(Integer.parseInt(zoneForm, i + 1, i + 4, 10));
                i += 3;
            } else if (c == '\\' && i + 1 < zoneForm.length()) {
                bytes.write(zoneForm.charAt(++i));
            } else if (quoted || c != ' ') {
                bytes.write(c);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static boolean isNumber(String zoneForm, int start) {
        return zoneForm.substring(start, start + 3).chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Names with other than plain letters arrive encoded twice. */
    private static String encodedOnce(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        String once = new String(bytes, StandardCharsets.UTF_8);
        return once.indexOf('\ufffd') < 0 && name.chars().allMatch(c -> c < 256) ? once : name;
    }

    private void fill(Question question) {
        question.answer().known.forEach((key, value) -> {
            if (!(key.equals("registry") && value.equals("other"))) {
                question.event().offer(Field.of(question.side() + key), value, ifPresent);
            }
        });
    }
}
