package org.intelmq.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.intelmq.bot.Dns;
import org.xbill.DNS.Cache;
import org.xbill.DNS.Credibility;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SetResponse;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupResult;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/**
 * {@link Dns} over dnsjava. Answers are cached for their time to live, the same question is never asked twice at the same time, and bulk
 * questions are sent in groups of five hundred. Thread-safe.
 */
public final class DnsJava implements Dns {

    private static final int MOST_AT_ONCE = 500;
    private static final int TRIES = 2;
    private static final int MOST_CACHED = 250_000;
    private static final int LONGEST_CACHED_SECONDS = 3600;
    private static final int IDLE_SECONDS = 30;
    /** Its tasks never block. With fewer than three cores, the JDK would start a thread for each answer instead. */
    private static final Executor ANSWERS = answers();

    private final Cache cache = new Cache(DClass.IN);
    private final LookupSession session;
    private final ConcurrentMap<Question, CompletableFuture<Answer>> asked = new ConcurrentHashMap<>();
    private final Queue<Question> waiting = new ArrayDeque<>();
    private int atOnce;

    private record Question(Name name, int type) { }

    /** Asks this machine's name servers. */
    public DnsJava() {
        this(new ExtendedResolver(), Duration.ofSeconds(5));
    }

    /** Asks one name server, and once more if it does not answer within the limit. */
    public DnsJava(InetSocketAddress server, Duration timeout) {
        this(new ExtendedResolver(List.of(new SimpleResolver(server))), timeout);
    }

    private DnsJava(ExtendedResolver resolver, Duration timeout) {
        for (Resolver server : resolver.getResolvers()) {
            server.setTimeout(timeout);
        }
        resolver.setRetries(TRIES);
        resolver.setTimeout(timeout.multipliedBy((long) TRIES * resolver.getResolvers().length));
        cache.setMaxEntries(MOST_CACHED);
        cache.setMaxCache(LONGEST_CACHED_SECONDS);
        cache.setMaxNCache(LONGEST_CACHED_SECONDS);
        this.session = LookupSession.defaultBuilder().resolver(resolver).clearCaches().cache(cache).executor(ANSWERS).build();
    }

    private static Executor answers() {
        ThreadPoolExecutor one = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, "intelmq-dns");
            thread.setDaemon(true);
            return thread;
        });
        one.allowCoreThreadTimeOut(true);
        return one;
    }

    @Override
    public CompletableFuture<List<String>> lookup(String name, String type) {
        return answer(name, type).thenApply(Answer::records);
    }

    @Override
    public CompletableFuture<Answer> answer(String name, String type) {
        Question question;
        try {
            question = new Question(Name.fromString(name, Name.root), typed(type));
        } catch (TextParseException e) {
            return CompletableFuture.failedFuture(new IOException("\"" + name + "\" is not a name to look up: " + e.getMessage(), e));
        }
        SetResponse known = cache.lookupRecords(question.name(), question.type(), Credibility.NORMAL);
        if (known.isSuccessful()) {
            return CompletableFuture.completedFuture(answer(question, known.answers().stream().flatMap(set -> set.rrs().stream())));
        }
        CompletableFuture<Answer> mine = new CompletableFuture<>();
        CompletableFuture<Answer> same = asked.putIfAbsent(question, mine);
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
        begin(question).whenCompleteAsync((result, failure) -> {
            CompletableFuture<Answer> answer = asked.remove(question);
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
        }, ANSWERS);
    }

    /** A question that cannot even be asked fails like one that is not answered, so that its place is freed for the next. */
    private CompletionStage<LookupResult> begin(Question question) {
        try {
            return session.lookupAsync(question.name(), question.type());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void tell(Question question, CompletableFuture<Answer> answer, LookupResult result, Throwable failure) {
        Throwable reason = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (reason == null) {
            answer.complete(answer(question, result.getRecords().stream()));
        } else if (reason instanceof NoSuchDomainException || reason instanceof NoSuchRRSetException) {
            answer.complete(new Answer(List.of(), null));
        } else {
            answer.completeExceptionally(new IOException("DNS look-up of " + question.name() + ' ' + Type.string(question.type())
                    + " failed: " + (reason.getMessage() == null ? reason.getClass().getSimpleName() : reason.getMessage()), reason));
        }
    }

    private static Answer answer(Question question, Stream<Record> found) {
        List<Record> records = found.filter(record -> record.getType() == question.type()).toList();
        Duration timeToLive = records.stream().map(record -> Duration.ofSeconds(record.getTTL())).min(Comparator.naturalOrder()).orElse(null);
        return new Answer(records.stream().map(DnsJava::text).toList(), timeToLive);
    }

    /** As in a zone file; the strings of a TXT record are always quoted. */
    private static String text(Record record) {
        return record instanceof TXTRecord strings ? strings.getStrings().stream().collect(Collectors.joining("\" \"", "\"", "\""))
                : record.rdataToString();
    }
}
