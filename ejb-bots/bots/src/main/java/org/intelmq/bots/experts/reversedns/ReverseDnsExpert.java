package org.intelmq.bots.experts.reversedns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
import org.intelmq.message.Message;
import org.intelmq.text.net.IpAddress;

public final class ReverseDnsExpert implements BatchBot<Message> {

    public record Params(
            @Param(value = "How long the bot remembers that an answer contained no valid name.", byDefault = "60s")
            Duration cacheTtlInvalidResponse,
            @Param(value = "Whether an existing name is replaced.", byDefault = "false")
            boolean overwrite,
            @Defaults({"redis_cache_db: 7", "redis_cache_ttl: 86400"})
            CacheParams cache) { }

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.reverse_dns.expert", "Reverse DNS",
            "Looks up the names of source and destination addresses in the DNS, for many events in parallel.",
            Params.class, ReverseDnsExpert::new).waiting();

    /** Remembered in place of a name. */
    private static final String NONE = "__dns-exception";
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final Params params;
    private final Dns dns;
    private final State cache;

    ReverseDnsExpert(Params params, BotContext context) {
        this.params = params;
        this.dns = context.dns();
        this.cache = context.state(params.cache);
    }

    /** One side of an event whose name is wanted. */
    private record Question(Message event, Field name, Lookup lookup) { }

    /** What is remembered, or being asked, about one address. */
    private static final class Lookup {
        private final String address;
        private String found;
        private CompletableFuture<Dns.Answer> answer;

        Lookup(String address) {
            this.address = address;
        }
    }

    @Override
    public void process(Message event, Outbox out) {
        processAll(List.of(event), out);
    }

    /** Asks for all names first, and then waits for each. */
    @Override
    public void processAll(List<Message> events, Outbox out) {
        Map<String, Lookup> lookups = new HashMap<>();
        List<Question> questions = new ArrayList<>();
        for (Message event : events) {
            ask(event, Fields.SOURCE_IP, Fields.SOURCE_REVERSE_DNS, lookups, questions);
            ask(event, Fields.DESTINATION_IP, Fields.DESTINATION_REVERSE_DNS, lookups, questions);
        }
        questions.forEach(this::add);
        events.forEach(out::send);
    }

    private void ask(Message event, Field ip, Field name, Map<String, Lookup> lookups, List<Question> questions) {
        String address = event.text(ip);
        if (address != null && (params.overwrite || !event.has(name))) {
            questions.add(new Question(event, name, lookups.computeIfAbsent(address, this::ask)));
        }
    }

    private Lookup ask(String text) {
        IpAddress address = IpAddress.parse(text);
        Lookup lookup = new Lookup(address.toString());
        lookup.found = cache.get(lookup.address);
        if (lookup.found == null) {
            lookup.answer = dns.answerToRemember(address.reverseName(), "PTR");
        }
        return lookup;
    }

    private void add(Question question) {
        Lookup lookup = question.lookup;
        if (lookup.found == null) {
            lookup.found = answer(question.event, lookup);
        }
        if (!lookup.found.equals(NONE)) {
            question.event.offer(question.name, lookup.found, params.overwrite ? IfPresent.REPLACE : IfPresent.KEEP);
        }
    }

    /**
     * The first valid name of the answer, remembered for as long as the answer is valid. That there is none is remembered for {@code
     * redis_cache_ttl}; that none is valid, for {@code cache_ttl_invalid_response}; that no server answered is not remembered.
     */
    private String answer(Message event, Lookup lookup) {
        Dns.Answer answer;
        try {
            answer = lookup.answer.join();
        } catch (CompletionException e) {
            return NONE;
        }
        String found = answer.records().stream().filter(name -> isName(event, name)).findFirst().orElse(NONE);
        Duration keep = answer.records().isEmpty() ? params.cache.redisCacheTtl()
                : found.equals(NONE) ? params.cacheTtlInvalidResponse : lifeOf(answer);
        cache.put(lookup.address, found, keep);
        return found;
    }

    /** Bytes that no host name contains arrive escaped with a backslash. */
    private static boolean isName(Message event, String name) {
        return name.indexOf('\\') < 0 && event.isValid(Fields.SOURCE_REVERSE_DNS, name, true);
    }

    /** A state keeps for ever what has a time of zero. */
    private Duration lifeOf(Dns.Answer answer) {
        return answer.timeToLive() == null ? params.cache.redisCacheTtl() : answer.timeToLive().isZero() ? SHORTEST : answer.timeToLive();
    }
}
