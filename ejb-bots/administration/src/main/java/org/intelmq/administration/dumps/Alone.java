package org.intelmq.administration.dumps;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.files.FileGuard;
import org.intelmq.message.InvalidArgument;
import org.intelmq.message.InvalidKey;
import org.intelmq.message.InvalidValue;
import org.intelmq.message.JsonException;
import org.intelmq.message.KeyExists;

/** Changes a dump while nobody else does, after what an earlier call did not end is ended. */
final class Alone {

    private Alone() { }

    @FunctionalInterface
    interface Change<A> {
        A apply(Recovery recovery) throws IOException;
    }

    /** @throws Refusal if somebody else is working on it */
    static <A> A change(Site site, String bot, DumpStore store, Consumer<String> say, Recovery.Progress progress, Change<A> change) throws IOException {
        try (FileGuard alone = store.alone()) {
            if (alone == null) {
                throw new Refusal(Refusal.Kind.CONFLICT, "dump-in-use", "somebody else is working on the dump of '" + bot + "', here or with intelmqdump",
                        "Wait for that to end, or cancel it.");
            }
            Recovery recovery = new Recovery(site.configuration(), (queue, id, messages) -> send(site, queue, id, messages), store, say, progress);
            recovery.endInterrupted();
            return change.apply(recovery);
        }
    }

    private static void send(Site site, String queue, String id, List<String> messages) {
        try {
            site.control().send(queue, id, messages);
        } catch (InvalidKey | InvalidValue | KeyExists | JsonException | IllegalArgumentException e) {
            throw new InvalidArgument(e.getMessage());
        }
    }
}
