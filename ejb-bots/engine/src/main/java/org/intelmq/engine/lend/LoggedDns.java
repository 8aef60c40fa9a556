package org.intelmq.engine.lend;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.bot.Dns;

/** Logs DNS queries at DEBUG: the names, the answers, and how long they took. Thread-safe. */
public record LoggedDns(Dns dns, Logger log) implements Dns {

    @Override
    public CompletableFuture<List<String>> lookup(String name, String type) {
        return log.isLoggable(Level.FINE) ? answer(name, type).thenApply(Answer::records) : dns.lookup(name, type);
    }

    @Override
    public CompletableFuture<Answer> answer(String name, String type) {
        return logged(name, type, dns::answer);
    }

    @Override
    public CompletableFuture<Answer> answerToRemember(String name, String type) {
        return logged(name, type, dns::answerToRemember);
    }

    private CompletableFuture<Answer> logged(String name, String type, BiFunction<String, String, CompletableFuture<Answer>> asking) {
        if (!log.isLoggable(Level.FINE)) {
            return asking.apply(name, type);
        }
        long begun = System.nanoTime();
        return asking.apply(name, type).whenComplete((answer, failure) -> log.fine("DNS look-up of " + name + ' ' + type
                + (failure == null ? " answered with " + answer.records() : " was not answered") + " in "
                + Duration.ofNanos(System.nanoTime() - begun).toMillis() + " ms" + (failure == null ? "." : ": " + failure.getMessage())));
    }
}
