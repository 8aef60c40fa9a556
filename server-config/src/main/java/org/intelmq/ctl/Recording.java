package org.intelmq.ctl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.engine.lend.Network;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.replay.PipelineRecorder;
import org.intelmq.replay.Recorder;
import org.intelmq.replay.ReplaySite;
import org.intelmq.services.ServerServices;

/** Records messages of a running bot, and its results; the pipeline is not disturbed. */
final class Recording {

    private final Session session;
    private final ReplaySite site;
    private final Network network;

    /** @param online whether bots may contact other systems */
    Recording(Session session, ReplaySite site, boolean online) {
        this.session = session;
        this.site = site;
        this.network = online ? new ServerServices(session.installation(), queue -> 0) : null;
    }

    /** Adds what is missing to cases of a pipeline; returns the exit code. */
    int complete(List<Path> files) throws Exception {
        int completed = 0;
        for (Path file : files) {
            try {
                completed += new PipelineRecorder(site, network).complete(file);
            } catch (ConfigurationException e) {
                session.output().complain(file + " is as it was: " + e.getMessage());
                return 1;
            }
        }
        session.output().say("Recorded what arrives in " + completed + " case(s). To record a case again, remove its \"output\".");
        session.output().result(completed);
        return 0;
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
            String line = site.pipeline() == null ? new Recorder(site, network).record(bot, inputs, Instant.now())
                    : new PipelineRecorder(site, network).record(id, inputs, Instant.now());
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (ConfigurationException | IOException e) {
            output.complain("Nothing was recorded: " + e.getMessage());
            return 1;
        }
        output.say("Recorded a case with " + inputs.size() + " message(s) in " + file + ".");
        output.result(inputs.size());
        return 0;
    }
}
