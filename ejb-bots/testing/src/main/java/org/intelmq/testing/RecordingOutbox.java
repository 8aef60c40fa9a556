package org.intelmq.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.UnknownPathException;
import org.intelmq.message.Message;
import org.intelmq.message.Report;

/** Keeps what a bot sends, for a test to look at. Knows the paths it was made with. */
public final class RecordingOutbox implements Outbox {

    /** A rejected part with its reason. */
    public record Rejection(Report part, Exception reason) { }

    private final Map<String, List<Message>> sent = new LinkedHashMap<>();
    private final List<Rejection> rejected = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final List<Runnable> onUndo = new ArrayList<>();

    public RecordingOutbox(String... paths) {
        sent.put(DEFAULT_PATH, new ArrayList<>());
        for (String path : paths) {
            sent.put(path, new ArrayList<>());
        }
    }

    @Override
    public void send(String path, Message message) {
        List<Message> messages = sent.get(path);
        if (messages == null) {
            throw new UnknownPathException("path '" + path + "' is not one of " + sent.keySet());
        }
        messages.add(message);
    }

    @Override
    public void sendIfRouted(String path, Message message) {
        if (sent.containsKey(path)) {
            send(path, message);
        }
    }

    @Override
    public void reject(Report part, Exception reason) {
        rejected.add(new Rejection(part, reason));
    }

    @Override
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    @Override
    public void onUndo(Runnable action) {
        onUndo.add(action);
    }

    /** What was sent to {@code _default}. */
    public List<Message> sent() {
        return sent(DEFAULT_PATH);
    }

    public List<Message> sent(String path) {
        return sent.get(path);
    }

    public Set<String> paths() {
        return sent.keySet();
    }

    public List<Rejection> rejected() {
        return rejected;
    }

    public void commit() {
        afterCommit.forEach(Runnable::run);
        afterCommit.clear();
        onUndo.clear();
    }

    /** As if the transaction had failed: what was sent is gone, and the bot takes back the rest. */
    public void rollBack() {
        sent.values().forEach(List::clear);
        rejected.clear();
        afterCommit.clear();
        while (!onUndo.isEmpty()) {
            onUndo.remove(onUndo.size() - 1).run();
        }
    }
}
