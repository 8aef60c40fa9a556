package org.intelmq.engine;

import java.io.BufferedReader;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.intelmq.bot.BotTool;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.Installation;

/** Runs the command-line tools that bots offer. */
public final class BotTools {

    private final Installation installation;
    private final Catalogue catalogue;
    private final Function<HttpParams, Http> http;

    public BotTools(Installation installation, Catalogue catalogue, Function<HttpParams, Http> http) {
        this.installation = installation;
        this.catalogue = catalogue;
        this.http = http;
    }

    /**
     * @param arguments what was typed after the bot's id
     * @return the exit code
     * @throws ConfigurationException if the bot has no tool, or its configuration does not allow the tool to run
     */
    public int run(BotConfiguration bot, List<String> arguments, BufferedReader in, PrintStream out) throws Exception {
        BotType<?> type = bot.module() == null ? null : catalogue.find(bot.module());
        if (type == null || type.tool() == null) {
            throw new ConfigurationException("bot " + bot.id() + " has no tool: expected a bot of one of the modules "
                    + catalogue.types().stream().filter(each -> each.tool() != null).map(BotType::module).toList());
        }
        return run(type, bot, arguments, in, out);
    }

    private <P extends Record> int run(BotType<P> type, BotConfiguration bot, List<String> arguments, BufferedReader in, PrintStream out) throws Exception {
        ParameterSchema.Reading<P> params = ParameterSchema.of(type.params()).read(bot.parameters(), Set.copyOf(bot.parameters().keySet()),
                new ParameterSchema.Folders(installation.root(), installation.bots()));
        if (!params.problems().isEmpty()) {
            throw new ConfigurationException("bot " + bot.id() + ": " + String.join("; ", params.problems()));
        }
        return type.tool().run(params.value(), new BotTool.Caller(bot.id(), Clock.systemUTC(), installation.bots(), http, in, out), arguments);
    }
}
