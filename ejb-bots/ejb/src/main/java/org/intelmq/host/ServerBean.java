package org.intelmq.host;

import java.util.List;
import java.util.function.Supplier;

/** The server over JMX. Thread-safe. */
final class ServerBean implements ServerMXBean {

    private final Supplier<List<String>> problems;
    private final Supplier<String> stop;

    ServerBean(Supplier<List<String>> problems, Supplier<String> stop) {
        this.problems = problems;
        this.stop = stop;
    }

    @Override
    public List<String> getProblems() {
        return problems.get();
    }

    @Override
    public String stop() {
        return stop.get();
    }
}
