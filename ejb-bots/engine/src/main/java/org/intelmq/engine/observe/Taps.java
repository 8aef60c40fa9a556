package org.intelmq.engine.observe;

import java.util.ArrayList;
import java.util.List;
import org.intelmq.control.Watcher;
import org.intelmq.message.Message;

/** Those who watch a bot; they stay when it is stopped and started. Costs one field access while nobody watches. Thread-safe. */
public final class Taps {

    private volatile List<Watcher> watchers = List.of();

    public synchronized void add(Watcher watcher) {
        List<Watcher> more = new ArrayList<>(watchers);
        more.add(watcher);
        watchers = List.copyOf(more);
    }

    public synchronized void remove(Watcher watcher) {
        watchers = watchers.stream().filter(each -> each != watcher).toList();
    }

    /** @param path {@code null} for what the bot takes in */
    public void show(String path, List<Message> messages) {
        List<Watcher> now = watchers;
        if (!now.isEmpty()) {
            now.forEach(watcher -> watcher.see(path, messages));
        }
    }
}
