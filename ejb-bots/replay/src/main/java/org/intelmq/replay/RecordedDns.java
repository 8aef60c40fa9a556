package org.intelmq.replay;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.intelmq.bot.Dns;
import org.intelmq.engine.lend.Network;

/** Answers look-ups from a case, which maps a type and a name, such as {@code A www.example.org}, to data. Thread-safe. */
public final class RecordedDns implements Dns {

    private final Map<String, Object> answers;
    private final Network network;
    private final Consumer<String> unserved;

    /**
     * @param network answers what is not in the case, which is then recorded; {@code null} for none
     * @param unserved told what is not in the case if there is no network
     */
    public RecordedDns(Map<String, Object> recorded, Network network, Consumer<String> unserved) {
        this.answers = new TreeMap<>(recorded);
        this.network = network;
        this.unserved = unserved;
    }

    synchronized Map<String, Object> answers() {
        return new TreeMap<>(answers);
    }

    @Override
    public synchronized CompletableFuture<List<String>> lookup(String name, String type) {
        String question = type + " " + (name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
        if (answers.containsKey(question)) {
            return CompletableFuture.completedFuture(Plain.list(answers.get(question)));
        }
        if (network != null) {
            return network.dns().lookup(name, type).thenApply(data -> keep(question, data));
        }
        String missing = "DNS look-up \"" + question + "\" is not recorded";
        unserved.accept(missing);
        return CompletableFuture.failedFuture(new IOException(missing));
    }

    private synchronized List<String> keep(String question, List<String> data) {
        answers.put(question, data);
        return data;
    }
}
