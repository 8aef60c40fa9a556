package org.intelmq.replay;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.intelmq.bot.Dns;

/** Answers look-ups from a case: type and name, as in {@code A www.example.org}, to data. */
record RecordedDns(Map<String, Object> answers, Consumer<String> unserved) implements Dns {

    @Override
    public CompletableFuture<List<String>> lookup(String name, String type) {
        String question = question(name, type);
        if (!answers.containsKey(question)) {
            String missing = "DNS look-up \"" + question + "\" is not recorded";
            unserved.accept(missing);
            return CompletableFuture.failedFuture(new IOException(missing));
        }
        return CompletableFuture.completedFuture(Plain.list(answers.get(question)));
    }

    static String question(String name, String type) {
        return type + " " + (name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
    }
}
