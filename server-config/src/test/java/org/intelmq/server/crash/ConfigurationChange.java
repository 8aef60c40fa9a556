package org.intelmq.server.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.intelmq.server.testing.ServerProcess;

/** An operator at work: switches a bot off, or changes a parameter and reloads. */
final class ConfigurationChange {

    private static final int LONGEST_COMMAND_MILLIS = 1500;

    private final KilledSite site;
    private final Random random;
    private CompletableFuture<?> change;

    ConfigurationChange(KilledSite site, Random random) {
        this.site = site;
        this.random = random;
    }

    /** Goes on when this has returned. */
    void begin() throws IOException {
        if (random.nextBoolean()) {
            Process command = control(site.root(), "disable", "expert");
            change = command.onExit();
            if (random.nextBoolean()) {
                CompletableFuture.delayedExecutor(random.nextInt(LONGEST_COMMAND_MILLIS), TimeUnit.MILLISECONDS).execute(command::destroyForcibly);
            }
        } else {
            site.edit(yaml -> yaml.replaceAll("error_max_retries: \\d+", "error_max_retries: " + (1 + random.nextInt(9))));
            change = CompletableFuture.runAsync(() -> site.server().post("api/v1/bots/reload", ""));
        }
    }

    boolean isUnderWay() {
        return !change.isDone();
    }

    /** Whatever became of it, the bot is switched on in the end. */
    static void complete(KilledSite site) throws IOException, InterruptedException {
        Process command = control(site.root(), "enable", "expert");
        String said = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (command.waitFor() != 0) {
            throw new IOException("intelmqctl enable: " + said);
        }
    }

    private static Process control(Path root, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(ServerProcess.distribution().resolve("bin/intelmqctl").toString()).redirectErrorStream(true);
        builder.command().addAll(List.of(arguments));
        builder.environment().put("INTELMQ_ROOT_DIR", root.toString());
        return builder.start();
    }
}
