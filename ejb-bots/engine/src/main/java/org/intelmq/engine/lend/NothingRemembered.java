package org.intelmq.engine.lend;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.intelmq.state.TransactionalState;

/** The state of a bot that remembers nothing. Thread-safe. */
final class NothingRemembered implements TransactionalState {

    @Override
    public void begin(List<String> inputIds) { }

    @Override
    public void undo() { }

    @Override
    public void flush() { }

    @Override
    public void rollback() { }

    @Override
    public void close() { }

    @Override
    public boolean remember(String key, Duration keep) {
        return true;
    }

    @Override
    public String get(String key) {
        return null;
    }

    @Override
    public void put(String key, String value, Duration keep) { }

    @Override
    public void remove(String key) { }

    @Override
    public long increment(String key, Duration keep) {
        return 1;
    }

    @Override
    public void forEach(String keyPrefix, BiConsumer<String, String> visitor) { }
}
