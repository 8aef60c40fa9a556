package org.intelmq.bot;

import java.io.IOException;

/** How much one report may hold. On its way it lies in memory whole, in a dozen forms, so that a larger one would end the server. */
public final class ReportSize {

    /** Bytes of data: a twentieth of the memory there is. */
    public static final long MOST = Runtime.getRuntime().maxMemory() / 20;

    private ReportSize() { }

    /** What is wrong and what can be done, if a report of so many bytes is too large; else {@code null}. */
    public static String problem(String name, long bytes) {
        return bytes <= MOST ? null : name + " has " + bytes + " bytes, more than the " + MOST
                + " that a report may have: split it (chunk_size of the file collector), or give the server more memory (INTELMQ_HEAP)";
    }

    /** @throws IOException with the {@link #problem} */
    public static void check(String name, long bytes) throws IOException {
        String problem = problem(name, bytes);
        if (problem != null) {
            throw new IOException(problem);
        }
    }
}
