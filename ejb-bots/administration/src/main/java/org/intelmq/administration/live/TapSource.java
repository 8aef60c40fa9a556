package org.intelmq.administration.live;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.intelmq.control.QueueControl;
import org.intelmq.control.Watcher;
import org.intelmq.message.Json;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;

/** What flows through a bot: at most {@value #MOST} messages a second are shown, the rest is counted. Thread-safe. */
final class TapSource implements Source, Watcher {

    private static final int MOST = 50;
    private static final int LONGEST = 20_000;

    private final String path;
    private final Clock clock;
    private final boolean sent;
    private final Predicate<Message> wanted;
    private final Runnable end;
    private List<Shown> shown = new ArrayList<>();
    private long unseen;

    private record Shown(Instant time, String path, String text) { }

    /** @param sends whether the bot sends anything; what it takes in is of interest if not */
    TapSource(LiveTopic topic, boolean sends, QueueControl queues, Clock clock) {
        this.path = topic.path();
        this.sent = path != null || sends;
        this.clock = clock;
        this.wanted = topic.where() == null ? message -> true : new MessageFilter(topic.where());
        this.end = queues.tap(topic.bot(), this);
    }

    @Override
    public synchronized void see(String along, List<Message> messages) {
        if (sent != (along != null) || path != null && !Objects.equals(path, along)) {
            return;
        }
        for (Message message : messages) {
            if (wanted.test(message)) {
                if (shown.size() < MOST) {
                    shown.add(new Shown(clock.instant(), along, MessageJson.serialize(message)));
                } else {
                    unseen++;
                }
            }
        }
    }

    @Override
    public List<Map<String, Object>> news() {
        List<Shown> some;
        long more;
        synchronized (this) {
            some = shown;
            more = unseen;
            shown = new ArrayList<>();
            unseen = 0;
        }
        List<Map<String, Object>> news = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            news.add(event(some.get(i), i == some.size() - 1 ? more : 0));
        }
        return news;
    }

    private static Map<String, Object> event(Shown one, long more) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("time", one.time().toString());
        event.put("path", one.path());
        event.put("size", one.text().length());
        event.put("event", one.text().length() > LONGEST ? null : Json.parse(one.text()));
        event.put("not_shown", more);
        return event;
    }

    @Override
    public void close() {
        end.run();
    }
}
