package org.intelmq.server.crash;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * From a start of the server to its stop.
 *
 * @param from    first row that came in for it
 * @param to      behind the last one
 * @param took    how long the stop took
 * @param backlog whether the server said that events wait on disk
 * @param silent  whether it should have said what waits, and has not
 */
record Life(Stop stop, Mode mode, int from, int to, Duration took, boolean backlog, boolean silent) {

    /** How events are handed on. */
    enum Mode {
        FUSED("fused", true, false), PLAIN("plain", false, false), FUSED_PAGING("fused, paging", true, true), PLAIN_PAGING("plain, paging", false, true);

        private final String title;
        private final boolean isFused;
        private final boolean pages;

        Mode(String title, boolean isFused, boolean pages) {
            this.title = title;
            this.isFused = isFused;
            this.pages = pages;
        }

        String title() {
            return title;
        }

        boolean isFused() {
            return isFused;
        }

        boolean pages() {
            return pages;
        }
    }

    /**
     * What became of the rows of some lives.
     *
     * @param outputs what each output has of these rows
     */
    record Result(List<Life> lives, Map<String, Count> outputs) {

        /** @param doubled rows that an output has more than once, which is a mistake in databases only */
        record Count(int lost, int doubled) { }

        /** @param found by output: each row with how often it was found */
        static Result of(Collection<Life> lives, Map<String, Map<Integer, Integer>> found) {
            Map<String, Count> outputs = new LinkedHashMap<>();
            found.forEach((output, copies) -> {
                List<Integer> counts = lives.stream().flatMapToInt(life -> IntStream.range(life.from, life.to)).map(row -> copies.getOrDefault(row, 0))
                        .boxed().toList();
                outputs.put(output, new Count((int) counts.stream().filter(count -> count == 0).count(),
                        (int) counts.stream().filter(count -> count > 1).count()));
            });
            return new Result(List.copyOf(lives), outputs);
        }

        int attempted() {
            return lives.stream().mapToInt(life -> life.to - life.from).sum();
        }

        int lost() {
            return outputs.values().stream().mapToInt(Count::lost).sum();
        }

        int doubledInDatabases() {
            return outputs.entrySet().stream().filter(output -> output.getKey().startsWith("sql")).mapToInt(output -> output.getValue().doubled()).sum();
        }

        long withBacklog() {
            return lives.stream().filter(Life::backlog).count();
        }

        long silent() {
            return lives.stream().filter(Life::silent).count();
        }

        Duration longestStop() {
            return lives.stream().map(Life::took).max(Duration::compareTo).orElse(Duration.ZERO);
        }
    }
}
