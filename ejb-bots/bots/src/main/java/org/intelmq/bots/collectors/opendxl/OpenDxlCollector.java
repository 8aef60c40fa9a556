package org.intelmq.bots.collectors.opendxl;

import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Folder;
import org.intelmq.bot.Param;
import org.intelmq.bot.StreamBot;

/** Exists so that a configuration that contains it is told why it cannot run. */
public final class OpenDxlCollector {

    public record Params(
            @Param(value = "File with the configuration of the DXL client.", folder = Folder.ROOT)
            String dxlConfigFile,
            @Param(value = "Topic to receive.", byDefault = "/mcafee/event/atd/file/report")
            String dxlTopic) { }

    public static final BotType<Params> TYPE = BotType.stream("intelmq.bots.collectors.opendxl.collector", "McAfee openDXL",
            "Receives reports of McAfee's Advanced Threat Defense from an openDXL fabric. Not available: there is no client library for it.",
            Params.class, OpenDxlCollector::refuse);

    private OpenDxlCollector() { }

    private static StreamBot refuse(Params params, BotContext context) {
        throw new ConfigurationException("module 'intelmq.bots.collectors.opendxl.collector' cannot run here: the openDXL client for Java is not in "
                + "Maven Central, so the bot cannot connect to the fabric; IntelMQ's own collector can beside this server and send to a 'tcp' "
                + "collector of it");
    }
}
