package org.intelmq.ctl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.replay.Recorder;

/** Records messages of a running bot, and what they are made into; the pipeline goes on undisturbed. */
final class Recording {

    private final Session session;

    Recording(Session session) {
        this.session = session;
    }

    /** Adds one case to the file; returns the exit code. */
    int record(String id, Path file, int count, Duration atMost) throws Exception {
        Output output = session.output();
        output.say("Waiting for " + count + " message(s) of bot " + id + "...");
        List<String> inputs = session.control().next(id, count, atMost);
        if (inputs.isEmpty()) {
            output.complain("Bot " + id + " got no message within " + atMost.toSeconds() + " seconds; is it running? Nothing was recorded.");
            return 1;
        }
        BotConfiguration bot = session.configuration().bot(id);
        try {
            String line = new Recorder(session.catalogue()).record(bot, inputs, Instant.now()) + "\n";
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (ConfigurationException | IOException e) {
            output.complain("Nothing was recorded: " + e.getMessage());
            return 1;
        }
        output.say("Recorded a case with " + inputs.size() + " message(s) in " + file + ".");
        output.result(inputs.size());
        return 0;
    }
}
