package org.intelmq.bots.outputs.smtpbatch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.intelmq.bots.redis.RedisLink;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.text.python.PythonText;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * A bot's events in its Redis: one list per contact under {@code BOT:CONTACT}, which IntelMQ reads and writes too. The hash {@code BOT.kept}
 * says which events of a delivery in progress have been kept, so that none is kept twice when it comes again; {@code BOT.sending} says which
 * mails are being sent. Not thread-safe.
 */
final class BatchStore implements AutoCloseable {

    private static final int TIMEOUT = 5000;
    private static final int SCANNED = 1000;
    private static final Field CONTACT = Fields.SOURCE_ABUSE_CONTACT;

    private final RedisLink redis;
    private final List<Field> groupedBy;
    private final String prefix;
    private final String kept;
    private final String sending;
    private final Clock clock;
    private final Duration keepFor;

    BatchStore(SmtpBatchOutput.RedisParams params, List<String> groupedBy, String botId, Clock clock) {
        this.redis = new RedisLink(params.redisCacheHost(), params.redisCachePort(), params.redisCacheDb(), params.redisCachePassword(), TIMEOUT,
                this::forgetOld);
        this.groupedBy = groupedBy.stream().map(Field::of).toList();
        this.prefix = botId + ':';
        this.kept = botId + ".kept";
        this.sending = botId + ".sending";
        this.clock = clock;
        this.keepFor = params.redisCacheTtl();
    }

    /** Forgets what a process that ended after its commit has left. */
    private void forgetOld(Jedis jedis) {
        long oldest = clock.instant().minus(keepFor).getEpochSecond();
        jedis.hgetAll(kept).forEach((id, time) -> {
            if (Long.parseLong(time) < oldest) {
                jedis.hdel(kept, id);
            }
        });
    }

    /** All or none; returns the identities of those that have one. */
    List<String> keep(List<Message> events) {
        List<Message> wanted = events.stream().filter(event -> event.get(CONTACT) != null).toList();
        if (wanted.isEmpty()) {
            return List.of();
        }
        return redis.ask(jedis -> {
            List<String> ids = wanted.stream().map(Message::id).filter(id -> id != null).toList();
            Set<String> before = known(jedis, ids);
            String now = Long.toString(clock.instant().getEpochSecond());
            try (AbstractTransaction transaction = jedis.multi()) {
                for (Message event : wanted) {
                    if (event.id() == null || !before.contains(event.id())) {
                        transaction.rpush(key(event), MessageJson.toJson(event, false, false));
                    }
                }
                ids.forEach(id -> transaction.hset(kept, id, now));
                transaction.exec();
            }
            return ids;
        });
    }

    private Set<String> known(Jedis jedis, List<String> ids) {
        Set<String> known = new HashSet<>();
        if (!ids.isEmpty()) {
            List<String> times = jedis.hmget(kept, ids.toArray(String[]::new));
            for (int i = 0; i < ids.size(); i++) {
                if (times.get(i) != null) {
                    known.add(ids.get(i));
                }
            }
        }
        return known;
    }

    /** Called when the delivery of these events is safe. */
    void settle(List<String> ids) {
        if (!ids.isEmpty()) {
            redis.ask(jedis -> jedis.hdel(kept, ids.toArray(String[]::new)));
        }
    }

    /** Named as in IntelMQ before 3.4, or as in later versions where more than the contact counts. */
    private String key(Message event) {
        String contact = event.text(CONTACT);
        if (groupedBy.isEmpty()) {
            return prefix + contact;
        }
        try {
            MessageDigest all = MessageDigest.getInstance("SHA-256");
            MessageDigest one = MessageDigest.getInstance("SHA-256");
            all.update(one.digest(contact.getBytes(StandardCharsets.UTF_8)));
            for (Field field : groupedBy) {
                Object value = event.get(field);
                all.update(one.digest((value == null ? "" : PythonText.str(value)).getBytes(StandardCharsets.UTF_8)));
            }
            return prefix + HexFormat.of().formatHex(all.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The existing lists, in order. */
    List<String> keys() {
        return redis.ask(jedis -> {
            Set<String> found = new TreeSet<>();
            ScanParams ours = new ScanParams().match(prefix.replaceAll("([\\\\*?\\[\\]])", "\\\\$1") + '*').count(SCANNED);
            ScanResult<String> page = jedis.scan(ScanParams.SCAN_POINTER_START, ours);
            found.addAll(page.getResult());
            while (!page.getCursor().equals(ScanParams.SCAN_POINTER_START)) {
                page = jedis.scan(page.getCursor(), ours);
                found.addAll(page.getResult());
            }
            return new ArrayList<>(found);
        });
    }

    /** The contact that a list is for; {@code null} if its name does not tell. */
    String contact(String key) {
        String name = key.substring(prefix.length());
        return name.indexOf('@') >= 0 ? name : null;
    }

    long length(String key) {
        return redis.ask(jedis -> jedis.llen(key));
    }

    /** Events as JSON, counted from the oldest; {@code to} is exclusive. */
    List<String> events(String key, long from, long to) {
        return redis.ask(jedis -> jedis.lrange(key, from, to - 1));
    }

    /** How many of the list's events are in the mail that is being sent, or whose sending was interrupted; {@code null} for none. */
    Long sending(String key) {
        return redis.ask(jedis -> {
            String number = jedis.hget(sending, key);
            return number == null ? null : Long.valueOf(number);
        });
    }

    void begin(String key, long events) {
        redis.ask(jedis -> jedis.hset(sending, Map.of(key, Long.toString(events))));
    }

    /** Called when the mail was refused. */
    void abandon(String key) {
        redis.ask(jedis -> jedis.hdel(sending, key));
    }

    /** Removes the oldest events, which have been sent; those that came since stay. */
    void done(String key, long events) {
        redis.ask(jedis -> {
            try (AbstractTransaction transaction = jedis.multi()) {
                transaction.ltrim(key, events, -1);
                transaction.hdel(sending, key);
                return transaction.exec();
            }
        });
    }

    @Override
    public void close() {
        redis.close();
    }
}
