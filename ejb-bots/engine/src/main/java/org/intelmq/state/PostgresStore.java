package org.intelmq.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.UnavailableException;
import org.intelmq.state.PostgresTables.Change;
import org.intelmq.state.PostgresTables.Row;

/**
 * One bot's state in a PostgreSQL that several servers share. What an instance changes is written by {@code flush}, in one transaction that
 * succeeds only if all entries are still as the instance has read them; otherwise the delivery is rolled back, and comes again while all others
 * wait, so that it succeeds. An input that comes again on any server after a kill takes back its transaction's changes. Thread-safe.
 */
final class PostgresStore implements SharedStore {

    private static final Logger LOG = Logger.getLogger(PostgresStore.class.getName());
    private static final String MARK = "";
    private static final Duration BETWEEN_PURGES = Duration.ofMinutes(1);

    private final PostgresAddress address;
    private final Clock clock;
    private final PostgresTables tables;
    private final Map<String, PendingChanges<Long, Entry>> claims = new ConcurrentHashMap<>();
    private int sessions;
    private long nextPurge;

    private interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    /** What an entry is to become: a {@code null} text removes it, a {@code null} expiry keeps it for ever. */
    private record Entry(String text, Long expires) { }

    /** @throws UnavailableException if the database is unreachable, or refuses the user or to make the tables */
    PostgresStore(String botId, CacheParams params, Clock clock) {
        this.address = new PostgresAddress(botId, params);
        this.clock = clock;
        this.tables = new PostgresTables(botId, hash("intelmq_state " + botId));
        this.nextPurge = clock.millis() + BETWEEN_PURGES.toMillis();
        try (Connection connection = address.connect()) {
            tables.prepare(connection, now());
        } catch (SQLException e) {
            throw address.unavailable(e);
        }
    }

    @Override
    public synchronized TransactionalState session() {
        sessions++;
        return new Session();
    }

    @Override
    public synchronized boolean isIdle() {
        return sessions == 0;
    }

    @Override
    public void close() { }

    private long now() {
        return Math.floorDiv(clock.millis(), 1000L);
    }

    private Long expiry(Duration keep) {
        return keep == null || keep.isZero() ? null : Long.valueOf((clock.millis() + keep.toMillis() + 999) / 1000);
    }

    private static long hash(String text) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8))).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized boolean purges() {
        boolean due = clock.millis() >= nextPurge;
        if (due) {
            nextPurge = clock.millis() + BETWEEN_PURGES.toMillis();
        }
        return due;
    }

    // ------------------------------------------------------------------ one instance's view

    private final class Session implements TransactionalState {

        private final String id = UUID.randomUUID().toString();
        private final Map<String, Row> read = new HashMap<>();
        private final PendingChanges<Long, Entry> pending = new PendingChanges<>(claims);
        private final Set<Long> expected = new HashSet<>();
        private Connection connection;
        private boolean begun;
        /** The transaction flushed last, 0 if it is final. */
        private long flushed;
        /** Whether the last attempt met another server's changes, so that the next one keeps the others away. */
        private boolean alone;

        private <T> T asking(Question<T> question) {
            try {
                if (connection == null) {
                    connection = address.connect();
                }
                return question.ask(connection);
            } catch (SQLException e) {
                disconnect();
                if (e.getSQLState() != null && e.getSQLState().startsWith("40")) {
                    throw conflict();
                }
                throw address.unavailable(e);
            }
        }

        /** Rolls back, too. */
        private void disconnect() {
            try {
                if (connection != null) {
                    connection.close();
                }
            } catch (SQLException e) {
                throw address.unavailable(e);
            } finally {
                connection = null;
            }
        }

        private StateConflict conflict() {
            alone = true;
            return new StateConflict("bot '" + tables.bot() + "': another server has changed what the bot remembers at the same time; the messages come again");
        }

        private void start() {
            if (begun) {
                return;
            }
            flushed = 0;
            begun = true;
            if (alone) {
                asking(database -> {
                    database.setAutoCommit(false);
                    tables.lock(database, true);
                    return null;
                });
            }
        }

        private void settle(List<Long> numbers) {
            if (asking(database -> tables.takeBack(database, numbers)) > 0) {
                read.clear();
            }
        }

        @Override
        public void expect(List<String> inputIds) {
            start();
            List<Long> numbers = inputIds.stream().map(PostgresStore::hash).toList();
            settle(numbers);
            expected.addAll(numbers);
        }

        @Override
        public void foresee(Supplier<Collection<String>> keys) {
            fetch(keys.get());
        }

        private void fetch(Collection<String> keys) {
            Set<String> missing = keys.stream().map(Session::storable).filter(key -> !read.containsKey(key)).collect(Collectors.toSet());
            if (!missing.isEmpty()) {
                Map<String, Row> found = asking(database -> tables.read(database, missing));
                missing.forEach(key -> read.put(key, found.getOrDefault(key, Row.NONE)));
            }
        }

        @Override
        public void begin(List<String> inputIds) {
            start();
            List<Long> numbers = inputIds.stream().map(PostgresStore::hash).toList();
            if (!expected.containsAll(numbers)) {
                settle(numbers);
            }
            pending.begin(numbers);
        }

        @Override
        public void undo() {
            pending.undo();
        }

        @Override
        public void flush() {
            if (pending.entries().isEmpty()) {
                startOver();
                return;
            }
            fetch(pending.entries().keySet());
            List<Change> changes = new ArrayList<>(pending.entries().size());
            pending.entries().forEach((key, entry) -> changes.add(new Change(key, read.get(key), entry.text(), entry.expires())));
            long transaction = PostgresTables.newTransaction();
            boolean written = asking(database -> {
                database.setAutoCommit(false);
                if (!alone) {
                    tables.lock(database, false);
                }
                if (!tables.write(database, id, transaction, now(), pending.inputs(), changes)) {
                    database.rollback();
                    database.setAutoCommit(true);
                    return false;
                }
                // from here on nobody may know whether it was committed
                flushed = transaction;
                database.commit();
                database.setAutoCommit(true);
                return true;
            });
            if (!written) {
                throw conflict();
            }
            alone = false;
            startOver();
            if (purges()) {
                asking(database -> {
                    tables.purge(database, now());
                    return null;
                });
            }
        }

        @Override
        public void committed() {
            if (flushed == 0) {
                return;
            }
            long transaction = flushed;
            flushed = 0;
            try {
                asking(database -> {
                    tables.settled(database, transaction);
                    return null;
                });
            } catch (UnavailableException | StateConflict e) {
                LOG.log(Level.FINE, "A committed transaction stays in doubt; if its inputs come again, equal events pass.", e);
            }
        }

        private void startOver() {
            pending.clear();
            read.clear();
            expected.clear();
            begun = false;
            endTransaction();
        }

        /** Of a transaction that worked alone and wrote nothing. */
        private void endTransaction() {
            try {
                if (connection != null && !connection.getAutoCommit()) {
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
            } catch (SQLException e) {
                LOG.log(Level.FINE, "The connection is lost, and the transaction with it.", e);
                disconnect();
            }
        }

        @Override
        public void rollback() {
            startOver();
            if (flushed == 0) {
                return;
            }
            long transaction = flushed;
            flushed = 0;
            try {
                asking(database -> tables.takeBack(database, transaction));
            } catch (UnavailableException | StateConflict e) {
                LOG.log(Level.FINE, "A transaction that was rolled back is taken back when its inputs come again.", e);
            }
        }

        @Override
        public void close() {
            startOver();
            disconnect();
            synchronized (PostgresStore.this) {
                sessions--;
            }
        }

        /** PostgreSQL's texts do not hold the character 0. */
        private static String storable(String text) {
            return text.replace('\0', '\uFFFD');
        }

        private Row row(String key) {
            Row row = read.get(key);
            if (row == null) {
                fetch(List.of(key));
                row = read.get(key);
            }
            return row;
        }

        private Row current(String key) {
            Entry mine = pending.get(key);
            return mine == null ? row(key) : new Row(mine.text(), mine.expires(), 0);
        }

        @Override
        public boolean remember(String given, Duration keep) {
            String key = storable(given);
            if (pending.get(key) != null && current(key).isLive(now()) || !pending.claim(key)) {
                return false;
            }
            if (current(key).isLive(now())) {
                pending.release(key);
                return false;
            }
            pending.put(key, new Entry(MARK, expiry(keep)));
            return true;
        }

        @Override
        public String get(String given) {
            Row row = current(storable(given));
            return row.isLive(now()) ? row.text() : null;
        }

        @Override
        public void put(String key, String value, Duration keep) {
            pending.put(storable(key), new Entry(storable(value), expiry(keep)));
        }

        @Override
        public void remove(String key) {
            pending.put(storable(key), new Entry(null, null));
        }

        @Override
        public long increment(String given, Duration keep) {
            String key = storable(given);
            Row before = current(key);
            boolean counted = before.isLive(now());
            long count = counted ? Long.parseLong(before.text()) + 1 : 1;
            pending.put(key, new Entry(Long.toString(count), counted ? before.expires() : expiry(keep)));
            return count;
        }

        @Override
        public void forEach(String keyPrefix, BiConsumer<String, String> visitor) {
            asking(database -> tables.readPrefix(database, keyPrefix)).forEach(read::putIfAbsent);
            Map<String, String> found = new LinkedHashMap<>();
            Set<String> keys = new HashSet<>(read.keySet());
            keys.addAll(pending.entries().keySet());
            keys.stream().filter(key -> key.startsWith(keyPrefix)).sorted().forEach(key -> found.put(key, get(key)));
            found.values().removeIf(Objects::isNull);
            found.forEach(visitor);
        }
    }
}
