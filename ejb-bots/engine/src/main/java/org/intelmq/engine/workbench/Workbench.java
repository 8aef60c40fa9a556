package org.intelmq.engine.workbench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.DefaultFields;
import org.intelmq.bot.ReportEncoding;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.engine.lend.HostedContext;
import org.intelmq.engine.lend.Rehearsal;
import org.intelmq.engine.lend.Services;
import org.intelmq.engine.settings.HarmonizationFile;
import org.intelmq.message.Harmonization;
import org.intelmq.pipeline.Installation;

/** Tries bots out without leaving a trace. Thread-safe. */
public final class Workbench {

    private final Installation installation;
    private final Catalogue catalogue;
    private final Services services;
    private final HarmonizationFile harmonization;

    /** @param services what the server provides to bots */
    public Workbench(Installation installation, Catalogue catalogue, Services services) {
        this.installation = installation;
        this.catalogue = catalogue;
        this.services = services;
        this.harmonization = new HarmonizationFile(installation.harmonization());
    }

    public Harmonization harmonization() {
        return harmonization.read();
    }

    /**
     * A context for a bot that contacts nobody and remembers nothing.
     *
     * @param log takes the bot's log lines
     */
    public BotContext context(String bot, Logger log) {
        return new HostedContext(bot, harmonization(), new Rehearsal(services), log, installation.bots(), List.of(), new DefaultFields(Map.of()),
                new ReportEncoding(StandardCharsets.UTF_8));
    }

    /** Fetches from a feed over the real network, see {@link FeedSample}. */
    public FeedSample sample() {
        return new FeedSample(installation, catalogue, services);
    }
}
