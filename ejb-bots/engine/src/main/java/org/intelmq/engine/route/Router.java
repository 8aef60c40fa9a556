package org.intelmq.engine.route;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.intelmq.bot.Outbox;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.engine.step.Result;
import org.intelmq.engine.step.Visit;
import org.intelmq.message.Message;
import org.intelmq.message.Report;

/** Decides which queues a visit's results go to: all queues of a path or, with {@code load_balance}, each in turn. */
public final class Router {

    private Router() { }

    /** Adds the dispatches for the messages, in the order in which they are sent. */
    public static void route(Visit from, Result.Onward onward, List<Dispatch> dispatches) {
        RunningBot bot = from.bot();
        String path = onward.path();
        List<String> queues = bot.configuration().destinationQueues().get(path);
        bot.statistics().sent(path, onward.messages().size());
        bot.taps().show(path, onward.messages());
        if (bot.runtime().loadBalance() && queues.size() > 1) {
            List<List<Message>> shares = bot.share(path, onward.messages(), queues.size());
            for (int i = 0; i < queues.size(); i++) {
                if (!shares.get(i).isEmpty()) {
                    dispatches.add(new Dispatch(from, path, queues.get(i), shares.get(i)));
                }
            }
            return;
        }
        for (int i = queues.size() - 1; i > 0; i--) {
            dispatches.add(new Dispatch(from, path, queues.get(i), copies(onward.messages(), i)));
        }
        dispatches.add(new Dispatch(from, path, queues.get(0), onward.messages()));
    }

    /** Messages with several destinations must not share objects. */
    private static List<Message> copies(List<Message> messages, int number) {
        List<Message> copies = new ArrayList<>(messages.size());
        for (Message message : messages) {
            Message copy = message.copy();
            copy.identify(message.id() + "." + number);
            copies.add(copy);
        }
        return copies;
    }

    /** The queues for a report whose data is kept elsewhere; it takes the default path. */
    public static List<String> queues(RunningBot bot, Report report) {
        List<String> queues = bot.configuration().destinationQueues().get(Outbox.DEFAULT_PATH);
        if (!bot.runtime().loadBalance() || queues.size() == 1) {
            return queues;
        }
        List<List<Message>> shares = bot.share(Outbox.DEFAULT_PATH, List.of(report), queues.size());
        return IntStream.range(0, shares.size()).filter(i -> !shares.get(i).isEmpty()).mapToObj(queues::get).toList();
    }
}
