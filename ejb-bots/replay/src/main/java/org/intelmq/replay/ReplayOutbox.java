package org.intelmq.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.UnknownPathException;
import org.intelmq.message.Message;
import org.intelmq.message.Report;

/** Holds a bot's results back until its input is finished, as the engine does; then they count or are dropped. */
public final class ReplayOutbox implements Outbox {

    private static final String ERROR_PATH = "_on_error";

    /**
     * A message that was set aside.
     *
     * @param message {@code null} if there was none
     * @param undecoded the text that is not a message; {@code null} if there is one
     */
    public record Failure(Message message, String undecoded, Exception reason) { }

    private record Sending(String path, Message message) { }

    private final Map<String, List<Object>> sent = new LinkedHashMap<>();
    private final List<Failure> failures = new ArrayList<>();
    private final List<Sending> pending = new ArrayList<>();
    private final List<Failure> pendingFailures = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private Predicate<Message> completing = message -> true;

    /** @param completes what the host does to each message of the bot; false drops the message */
    public void begin(List<String> paths, Predicate<Message> completes) {
        sent.clear();
        failures.clear();
        paths.forEach(path -> sent.put(path, new ArrayList<>()));
        completing = completes;
    }

    public Map<String, List<Object>> sent() {
        return sent;
    }

    public List<Failure> failures() {
        return failures;
    }

    void commit() {
        pending.forEach(sending -> sent.get(sending.path()).add(Plain.message(sending.message())));
        pendingFailures.forEach(this::setAside);
        List<Runnable> actions = List.copyOf(afterCommit);
        forget();
        actions.forEach(Runnable::run);
    }

    void fail(Message input, Exception reason) {
        forget();
        setAside(new Failure(input, null, reason));
    }

    void failToDecode(String input, Exception reason) {
        forget();
        setAside(new Failure(null, input, reason));
    }

    private void forget() {
        pending.clear();
        pendingFailures.clear();
        afterCommit.clear();
    }

    private void setAside(Failure failure) {
        failures.add(failure);
        if (failure.message() != null && sent.containsKey(ERROR_PATH)) {
            sent.get(ERROR_PATH).add(Plain.message(failure.message()));
        }
    }

    @Override
    public void send(String path, Message message) {
        if (!sent.containsKey(path)) {
            throw new UnknownPathException("path '" + path + "' is not one of " + sent.keySet());
        }
        if (message.size() > 0 && completing.test(message)) {
            pending.add(new Sending(path, message));
        }
    }

    @Override
    public void sendIfRouted(String path, Message message) {
        if (sent.containsKey(path)) {
            send(path, message);
        }
    }

    @Override
    public void reject(Report part, Exception reason) {
        pendingFailures.add(new Failure(part, null, reason));
    }

    @Override
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }
}
