package org.intelmq.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
import org.intelmq.bot.Dns;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.io.DefaultIoClientFactory;
import org.xbill.DNS.io.UdpIoClient;
import org.xbill.DNS.lookup.LookupResult;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/**
 * {@link Dns} over dnsjava. Answers are kept for their time to live, up to an hour, the same question is never asked twice at the same time, and bulk
 * questions are sent as fast as the name server keeps up, up to {@value CongestionWindow#MOST} at a time. Thread-safe.
 */
public final class DnsJava implements Dns {

    private static final int TRIES = 2;
    /** A tenth of the memory, some 250,000 usual answers of the default heap. */
    private static final long MOST_KEPT_BYTES = Runtime.getRuntime().maxMemory() / 10;
    private static final Duration LONGEST_KEPT = Duration.ofHours(1);
    /** Aliases, and that there is nothing. Name servers may say it for longer, and keep it themselves. */
    private static final Duration SHORTLY_KEPT = Duration.ofMinutes(1);
    /** A failure that took longer is not provoked again at once. */
    private static final Duration LONG = Duration.ofMillis(500);
    private static final int IDLE_SECONDS = 30;
    /** Its tasks never block. With fewer than three cores, the JDK would start a thread for each answer instead. */
    private static final Executor ANSWERS = answers();

    private final KeptAnswers kept = new KeptAnswers(MOST_KEPT_BYTES, System::nanoTime);
    private final RecentFailures failures = new RecentFailures(System::nanoTime);
    private final LookupSession session;
    private final ConcurrentMap<KeptAnswers.Question, CompletableFuture<Answer>> asked = new ConcurrentHashMap<>();
    private final Queue<Asked> waiting = new ArrayDeque<>();
    private final CongestionWindow window;
    private int atOnce;

    /**
     * A question under way.
     *
     * @param isKept whether its answer is kept here
     */
    private record Asked(KeptAnswers.Question question, Name name, boolean isKept) { }

    /** Long answers come over TCP, as dnsjava does it. */
    private static final class OverSharedSockets extends DefaultIoClientFactory {

        private final SharedSockets sockets;

        OverSharedSockets(CongestionWindow window) {
            sockets = new SharedSockets(window::lost);
        }

        @Override
        public UdpIoClient createOrGetUdpClient() {
            return sockets;
        }
    }

    /** Asks this machine's name servers. */
    public DnsJava() {
        this(new ExtendedResolver(), Duration.ofSeconds(5));
    }

    /** Asks one name server, and once more if it does not answer within the limit. */
    public DnsJava(InetSocketAddress server, Duration timeout) {
        this(new ExtendedResolver(List.of(new SimpleResolver(server))), timeout);
    }

    private DnsJava(ExtendedResolver resolver, Duration timeout) {
        this.window = new CongestionWindow();
        for (Resolver server : resolver.getResolvers()) {
            server.setTimeout(timeout);
            if (server instanceof SimpleResolver simple) {
                simple.setIoClientFactory(new OverSharedSockets(window));
            }
        }
        resolver.setRetries(TRIES);
        resolver.setTimeout(timeout.multipliedBy((long) TRIES * resolver.getResolvers().length));
        this.session = LookupSession.defaultBuilder().resolver(resolver).clearCaches().executor(ANSWERS).build();
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
        return answer(name, type, true);
    }

    @Override
    public CompletableFuture<Answer> answerToRemember(String name, String type) {
        return answer(name, type, false);
    }

    private CompletableFuture<Answer> answer(String name, String type, boolean isKept) {
        KeptAnswers.Question question = new KeptAnswers.Question(name, typed(type));
        Answer known = kept.get(question);
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        IOException failed = failures.reason(question);
        if (failed != null) {
            return CompletableFuture.failedFuture(failed);
        }
        Asked mine;
        try {
            mine = new Asked(question, Name.fromString(name, Name.root), isKept);
        } catch (TextParseException e) {
            return CompletableFuture.failedFuture(new IOException("\"" + name + "\" is not a name to look up: " + e.getMessage(), e));
        }
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        CompletableFuture<Answer> same = asked.putIfAbsent(question, answer);
        if (same != null) {
            return same;
        }
        known = kept.get(question);
        if (known != null) {
            // it has come since the first look
            asked.remove(question);
            answer.complete(known);
            return answer;
        }
        synchronized (waiting) {
            if (atOnce >= window.size()) {
                waiting.add(mine);
                return answer;
            }
            atOnce++;
        }
        ask(mine);
        return answer;
    }

    private static int typed(String type) {
        int value = Type.value(type);
        if (value < 0) {
            throw new IllegalArgumentException("DNS knows no records of type " + type);
        }
        return value;
    }

    private void ask(Asked one) {
        long began = System.nanoTime();
        begin(one).whenCompleteAsync((result, failure) -> {
            Throwable reason = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            Answer found = found(one, result, reason);
            if (found != null && one.isKept()) {
                kept.put(one.question(), found, keep(found, result));
            }
            IOException failed = found == null ? failed(one, reason) : null;
            if (failed != null && System.nanoTime() - began > LONG.toNanos()) {
                failures.add(one.question(), failed);
            }
            // only now, so that nobody asks again in between
            CompletableFuture<Answer> answer = asked.remove(one.question());
            askNext();
            if (failed == null) {
                answer.complete(found);
            } else {
                answer.completeExceptionally(failed);
            }
        }, ANSWERS);
    }

    private void askNext() {
        List<Asked> next = new ArrayList<>();
        synchronized (waiting) {
            atOnce--;
            if (!waiting.isEmpty()) {
                window.answered();
            }
            while (!waiting.isEmpty() && atOnce < window.size()) {
                next.add(waiting.poll());
                atOnce++;
            }
        }
        next.forEach(this::ask);
    }

    private static IOException failed(Asked one, Throwable reason) {
        return new IOException("DNS look-up of " + one.name() + ' ' + Type.string(one.question().type()) + " failed: "
                + (reason.getMessage() == null ? reason.getClass().getSimpleName() : reason.getMessage()), reason);
    }

    /** {@code null} if the question was not answered, for the reason given. */
    private static Answer found(Asked one, LookupResult result, Throwable reason) {
        if (reason == null) {
            return answer(one.question(), result.getRecords());
        }
        return reason instanceof NoSuchDomainException || reason instanceof NoSuchRRSetException ? new Answer(List.of(), null) : null;
    }

    /** A question that cannot even be asked fails like one that is not answered, so that its place is freed for the next. */
    private CompletionStage<LookupResult> begin(Asked one) {
        try {
            return session.lookupAsync(one.name(), one.question().type());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** How long an alias is valid is not told; where names move between servers, it is about a minute. */
    private static Duration keep(Answer found, LookupResult result) {
        if (found.timeToLive() == null) {
            return SHORTLY_KEPT;
        }
        Duration longest = result.getAliases().isEmpty() ? LONGEST_KEPT : SHORTLY_KEPT;
        return found.timeToLive().compareTo(longest) < 0 ? found.timeToLive() : longest;
    }

    /** What leads from the name to its records is left out: aliases. */
    private static Answer answer(KeptAnswers.Question question, List<Record> found) {
        List<String> records = new ArrayList<>(found.size());
        long seconds = Long.MAX_VALUE;
        for (Record record : found) {
            if (record.getType() == question.type()) {
                records.add(text(record));
                seconds = Math.min(seconds, record.getTTL());
            }
        }
        return new Answer(List.copyOf(records), records.isEmpty() ? null : Duration.ofSeconds(seconds));
    }

    /** As in a zone file; the strings of a TXT record are always quoted. */
    private static String text(Record record) {
        return record instanceof TXTRecord strings ? strings.getStrings().stream().collect(Collectors.joining("\" \"", "\"", "\""))
                : record.rdataToString();
    }
}
