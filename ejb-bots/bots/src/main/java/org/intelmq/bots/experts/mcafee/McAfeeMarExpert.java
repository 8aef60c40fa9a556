package org.intelmq.bots.experts.mcafee;

import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Folder;
import org.intelmq.bot.Param;
import org.intelmq.message.Message;

/** Exists so that a configuration that contains it is told why it cannot run, rather than that there is no such bot. */
public final class McAfeeMarExpert {

    public record Params(
            @Param(value = "Configuration of the DXL client.", optional = true, folder = Folder.ROOT, example = "etc/dxlclient.config")
            String dxlConfigFile,
            @Param(value = "What to search for: Hash, DestSocket, DestIP or DestFQDN.", optional = true, example = "DestIP")
            String lookupType) { }

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.mcafee.expert_mar", "McAfee Active Response Lookup",
            "Cannot run: it needs a client for OpenDXL, and Maven Central has none.", Params.class, McAfeeMarExpert::refuse).waiting();

    private McAfeeMarExpert() { }

    private static Bot<Message> refuse(Params params, BotContext context) {
        throw new ConfigurationException("the bot cannot run: it queries McAfee Active Response over OpenDXL, whose Java client "
                + "(com.opendxl:dxlclient) is not in Maven Central; remove the bot, or run it in IntelMQ");
    }
}
