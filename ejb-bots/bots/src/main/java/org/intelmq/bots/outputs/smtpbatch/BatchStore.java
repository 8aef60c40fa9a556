package org.intelmq.bots.outputs.smtpbatch;

import java.io.IOException;
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
import java.util.function.Function;
import org.intelmq.bot.UnavailableException;
import org.intelmq.files.UnixSocket;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.text.python.PythonText;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * The events of a bot in its Redis, a list a contact under {@code BOT:CONTACT}, which IntelMQ reads and writes too. Which events a
 * delivery under way has kept stands in the hash {@code BOT.kept}, so that none is kept twice when it comes again; which mails are
 * being sent in {@code BOT.sending}. Not thread-safe.
 */
final class BatchStore implements AutoCloseable {

    private static final int TIMEOUT = 5000;
    private static final int SCANNED = 1000;
    private static final Field CONTACT = Fields.SOURCE_ABUSE_CONTACT;

    private final DefaultJedisClientConfig configuration;
    private final String host;
    private final int port;
    private final List<Field> groupedBy;
    private final String prefix;
    private final String kept;
    private final String sending;
    private final Clock clock;
    private final Duration keepFor;
    private Jedis connection;

    BatchStore(SmtpBatchOutput.RedisParams params, List<String> groupedBy, String botId, Clock clock) {
        String password = params.redisCachePassword();
        this.configuration = DefaultJedisClientConfig.builder().serverDefaultProtocol().password(password == null || password.isEmpty() ? null : password)
                .database(params.redisCacheDb()).connectionTimeoutMillis(TIMEOUT).socketTimeoutMillis(TIMEOUT).build();
        this.host = params.redisCacheHost();
        this.port = params.redisCachePort();
        this.groupedBy = groupedBy.stream().map(Field::of).toList();
        this.prefix = botId + ':';
        this.kept = botId + ".kept";
        this.sending = botId + ".sending";
        this.clock = clock;
        this.keepFor = params.redisCacheTtl();
    }

    private Jedis connect() {
        String path = UnixSocket.path(host);
        return path == null ? new Jedis(new HostAndPort(host, port), configuration) : new Jedis(() -> {
            try {
                return UnixSocket.open(path, TIMEOUT);
            } catch (IOException e) {
                throw new JedisConnectionException(e.getMessage(), e);
            }
        }, configuration);
    }

    private <T> T asking(Function<Jedis, T> question) {
        try {
            if (connection == null) {
                connection = connect();
                forgetOld(connection);
            }
            return question.apply(connection);
        } catch (JedisConnectionException e) {
            close();
            throw new UnavailableException("Redis at " + (UnixSocket.path(host) != null ? host : host + ':' + port)
                    + " cannot be reached: " + e.getMessage(), e);
        }
    }

    /** What a process that ended after its commit has left. */
    private void forgetOld(Jedis redis) {
        long oldest = clock.instant().minus(keepFor).getEpochSecond();
        redis.hgetAll(kept).forEach((id, time) -> {
            if (Long.parseLong(time) < oldest) {
                redis.hdel(kept, id);
            }
        });
    }

    /** All at once or none; returns the identities of those that have one. */
    List<String> keep(List<Message> events) {
        List<Message> wanted = events.stream().filter(event -> event.get(CONTACT) != null).toList();
        if (wanted.isEmpty()) {
            return List.of();
        }
        return asking(redis -> {
            List<String> ids = wanted.stream().map(Message::id).filter(id -> id != null).toList();
            Set<String> before = known(redis, ids);
            String now = Long.toString(clock.instant().getEpochSecond());
            try (AbstractTransaction transaction = redis.multi()) {
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

    private Set<String> known(Jedis redis, List<String> ids) {
        Set<String> known = new HashSet<>();
        if (!ids.isEmpty()) {
            List<String> times = redis.hmget(kept, ids.toArray(String[]::new));
            for (int i = 0; i < ids.size(); i++) {
                if (times.get(i) != null) {
                    known.add(ids.get(i));
                }
            }
        }
        return known;
    }

    /** The delivery of these events is safe. */
    void settle(List<String> ids) {
        if (!ids.isEmpty()) {
            asking(redis -> redis.hdel(kept, ids.toArray(String[]::new)));
        }
    }

    /** As IntelMQ before 3.4 names it; as later ones do where more than the contact counts. */
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

    /** The lists there are, in order. */
    List<String> keys() {
        return asking(redis -> {
            Set<String> found = new TreeSet<>();
            ScanParams ours = new ScanParams().match(prefix.replaceAll("([\\\\*?\\[\\]])", "\\\\$1") + '*').count(SCANNED);
            ScanResult<String> page = redis.scan(ScanParams.SCAN_POINTER_START, ours);
            found.addAll(page.getResult());
            while (!page.getCursor().equals(ScanParams.SCAN_POINTER_START)) {
                page = redis.scan(page.getCursor(), ours);
                found.addAll(page.getResult());
            }
            return new ArrayList<>(found);
        });
    }

    /** The contact that a list is of, {@code null} if its name does not tell. */
    String contact(String key) {
        String name = key.substring(prefix.length());
        return name.indexOf('@') >= 0 ? name : null;
    }

    long length(String key) {
        return asking(redis -> redis.llen(key));
    }

    /** Events as JSON; counted from the oldest, {@code to} excluded. */
    List<String> events(String key, long from, long to) {
        return asking(redis -> redis.lrange(key, from, to - 1));
    }

    /** How many of its events a mail holds that is being sent, or was when its sending was cut short; {@code null} for none. */
    Long sending(String key) {
        return asking(redis -> {
            String number = redis.hget(sending, key);
            return number == null ? null : Long.valueOf(number);
        });
    }

    void begin(String key, long events) {
        asking(redis -> redis.hset(sending, Map.of(key, Long.toString(events))));
    }

    /** The mail was refused. */
    void abandon(String key) {
        asking(redis -> redis.hdel(sending, key));
    }

    /** The oldest events are on their way; what came since stays. */
    void done(String key, long events) {
        asking(redis -> {
            try (AbstractTransaction transaction = redis.multi()) {
                transaction.ltrim(key, events, -1);
                transaction.hdel(sending, key);
                return transaction.exec();
            }
        });
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
