package org.intelmq.server.crash;

import java.io.IOException;
import java.util.List;

/** What the server is doing when it is killed: all before it is done, and what comes after it stands still. */
enum Phase {
    COLLECTING("collecting", 0, null),
    PARSING("parsing", 1, "parser-queue"),
    EXPERT("expert", 2, "expert-queue"),
    WRITING_TO_FILE("writing to file", 3, "file-queue"),
    WRITING_TO_DATABASE("writing to database", 4, "database-queue"),
    COMMIT("commit", 3, "database-queue"),
    CONFIGURATION_CHANGE("configuration change", 2, "expert-queue"),
    DUMP_WRITE("dump write", 1, "parser-queue");

    /** Both stand still when the first one does. */
    private static final List<String> OUTPUTS = List.of("file-queue", "database-queue");

    private final String title;
    private final int bot;
    private final String queue;

    Phase(String title, int bot, String queue) {
        this.title = title;
        this.bot = bot;
        this.queue = queue;
    }

    String title() {
        return title;
    }

    /** The bots that stand still until the phase begins. */
    List<String> held() {
        return KilledSite.BOTS.subList(bot, KilledSite.BOTS.size());
    }

    /** Those that begin it. */
    List<String> released() {
        return switch (this) {
            case COMMIT, CONFIGURATION_CHANGE -> held();
            default -> List.of(KilledSite.BOTS.get(bot));
        };
    }

    /** Whether all has come as far as this phase. */
    boolean isReady(KilledSite site) throws IOException {
        if (this == COLLECTING) {
            return true;
        }
        return site.feed().isTakenUp() && site.server().queues().entrySet().stream()
                .allMatch(entry -> entry.getValue() == 0 == !isHeldUp(entry.getKey()));
    }

    private boolean isHeldUp(String name) {
        return name.equals(queue) || bot == 3 && OUTPUTS.contains(name);
    }

    boolean isUnderWay(KilledSite site) throws IOException {
        return this == COLLECTING ? !site.feed().isTakenUp() : site.waiting(queue) > 0;
    }
}
