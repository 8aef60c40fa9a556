package org.intelmq.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.intelmq.bot.Dns;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupResult;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/**
 * {@link Dns} over dnsjava: answers are kept for their time to live, the same question is asked once at a time, and a bulk of
 * questions goes out two hundred at a time. Thread-safe.
 */
public final class DnsJava implements Dns {

    private static final int MOST_AT_ONCE = 200;
    private static final int TRIES = 2;
    private static final int MOST_CACHED = 100_000;
    private static final int LONGEST_CACHED_SECONDS = 3600;

    private final LookupSession session;
    private final ConcurrentMap<Question, CompletableFuture<List<String>>> asked = new ConcurrentHashMap<>();
    private final Queue<Question> waiting = new ArrayDeque<>();
    private int atOnce;

    private record Question(Name name, int type) { }

    /** Asks the name servers of this machine. */
    public DnsJava() {
        this(new ExtendedResolver(), Duration.ofSeconds(5));
    }

    /** Asks one name server, a second time if it does not answer within the limit. */
    public DnsJava(InetSocketAddress server, Duration timeout) {
        this(new ExtendedResolver(List.of(new SimpleResolver(server))), timeout);
    }

    private DnsJava(ExtendedResolver resolver, Duration timeout) {
        for (Resolver server : resolver.getResolvers()) {
            server.setTimeout(timeout);
        }
        resolver.setRetries(TRIES);
        resolver.setTimeout(timeout.multipliedBy((long) TRIES * resolver.getResolvers().length));
        Cache cache = new Cache(DClass.IN);
        cache.setMaxEntries(MOST_CACHED);
        cache.setMaxCache(LONGEST_CACHED_SECONDS);
        cache.setMaxNCache(LONGEST_CACHED_SECONDS);
        this.session = LookupSession.defaultBuilder().resolver(resolver).clearCaches().cache(cache).build();
    }

    @Override
    public CompletableFuture<List<String>> lookup(String name, String type) {
        Question question;
        try {
            question = new Question(Name.fromString(name, Name.root), typed(type));
        } catch (TextParseException e) {
            return CompletableFuture.failedFuture(new IOException("\"" + name + "\" is no name to look up: " + e.getMessage(), e));
        }
        CompletableFuture<List<String>> mine = new CompletableFuture<>();
        CompletableFuture<List<String>> same = asked.putIfAbsent(question, mine);
        if (same != null) {
            return same;
        }
        synchronized (waiting) {
            if (atOnce >= MOST_AT_ONCE) {
                waiting.add(question);
                return mine;
            }
            atOnce++;
        }
        ask(question);
        return mine;
    }

    private static int typed(String type) {
        int value = Type.value(type);
        if (value < 0) {
            throw new IllegalArgumentException("DNS knows no records of type " + type);
        }
        return value;
    }

    private void ask(Question question) {
        session.lookupAsync(question.name(), question.type()).whenCompleteAsync((result, failure) -> {
            CompletableFuture<List<String>> answer = asked.remove(question);
            Question next;
            synchronized (waiting) {
                next = waiting.poll();
                if (next == null) {
                    atOnce--;
                }
            }
            if (next != null) {
                ask(next);
            }
            tell(question, answer, result, failure);
        });
    }

    private static void tell(Question question, CompletableFuture<List<String>> answer, LookupResult result, Throwable failure) {
        Throwable reason = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (reason == null) {
            answer.complete(result.getRecords().stream().filter(record -> record.getType() == question.type()).map(Record::rdataToString).toList());
        } else if (reason instanceof NoSuchDomainException || reason instanceof NoSuchRRSetException) {
            answer.complete(List.of());
        } else {
            answer.completeExceptionally(new IOException("DNS look-up of " + question.name() + ' ' + Type.string(question.type())
                    + " failed: " + (reason.getMessage() == null ? reason.getClass().getSimpleName() : reason.getMessage()), reason));
        }
    }
}
