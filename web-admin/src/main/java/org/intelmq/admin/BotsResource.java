package org.intelmq.admin;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.intelmq.access.Role;
import org.intelmq.administration.bots.BotAction;
import org.intelmq.administration.bots.ChangeBots;
import org.intelmq.control.BotControl;
import org.intelmq.control.BotState;
import org.intelmq.control.BotStatistics;
import org.intelmq.control.LogFile;
import org.intelmq.control.Trial;
import org.intelmq.host.BotHost;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.RuntimeConfiguration;

/**
 * The configured bots. Changes concern the bots named by {@code ?bot=…&bot=…}, or those of {@code ?group=Expert}, or all enabled
 * ones; the answer is each one's state. Why a bot did not start is in {@code GET problems}.
 */
@RequestScoped
@Path("bots")
@Produces(MediaType.APPLICATION_JSON)
public class BotsResource {

    private static final int LONGEST_WATCH_SECONDS = 240;

    @EJB
    private BotHost host;

    @Inject
    private Ask ask;

    /** @param state as it is now; the rest is what {@code runtime.yaml} says */
    public record Entry(String id, String name, String group, String module, String description, boolean enabled, String runMode, BotState state,
                        String sourceQueue, Map<String, List<String>> destinationQueues) {

        static Entry of(BotConfiguration bot, BotState state) {
            return new Entry(bot.id(), bot.name(), bot.group(), bot.module(), bot.description(), bot.enabled(), bot.runMode(), state,
                    bot.isCollector() ? null : bot.sourceQueue(), bot.destinationQueues());
        }
    }

    @GET
    public List<Entry> list() {
        Map<String, BotConfiguration> bots = configuration().bots();
        Map<String, BotState> states = control().status(bots.keySet());
        return bots.values().stream().map(bot -> Entry.of(bot, states.get(bot.id()))).toList();
    }

    @GET
    @Path("status")
    public Map<String, BotState> status(@QueryParam("bot") List<String> bots, @QueryParam("group") String group) {
        return control().status(chosen(bots, group, false));
    }

    @POST
    @Path("{action: start|stop|reload|restart}")
    public Map<String, BotState> change(@PathParam("action") String action, @QueryParam("bot") List<String> bots, @QueryParam("group") String group)
            throws Exception {
        List<String> chosen = chosen(bots, group, action.endsWith("start"));
        return ask.perform(new ChangeBots(BotAction.valueOf(action.toUpperCase(Locale.ROOT)), chosen));
    }

    @GET
    @Path("{id}/statistics")
    public BotStatistics statistics(@PathParam("id") String id) {
        BotStatistics statistics = control().statistics(id);
        if (statistics == null) {
            throw new NotFoundException("there is no bot '" + id + "' in runtime.yaml");
        }
        return statistics;
    }

    @GET
    @Path("{id}/log")
    public List<Map<String, Object>> log(@PathParam("id") String id, @QueryParam("lines") @DefaultValue("10") int lines,
                      @QueryParam("level") @DefaultValue("INFO") LogFile.Level level) throws IOException {
        BotConfiguration bot = configuration().bot(id);
        if (bot == null) {
            throw new NotFoundException("there is no bot '" + id + "' in runtime.yaml");
        }
        Limits.require("lines", lines, LogFile.ALL, Limits.LOG_ENTRIES);
        java.nio.file.Path file = host.where().log(bot).resolve(id + ".log");
        return Files.exists(file) ? LogFile.read(file, lines, level) : List.of();
    }

    /** The next messages that the bot takes in; answers when there are as many, or the time is over. */
    @GET
    @Path("{id}/next")
    @Needs(Role.OPERATOR)
    public List<String> next(@PathParam("id") String id, @QueryParam("limit") @DefaultValue("1") int limit,
                       @QueryParam("seconds") @DefaultValue("10") int seconds) throws InterruptedException {
        Limits.require("limit", limit, 1, Limits.MESSAGES);
        Limits.require("seconds", seconds, 0, LONGEST_WATCH_SECONDS);
        return control().next(id, limit, Duration.ofSeconds(seconds));
    }

    /** Calls a stopped bot once, with the message of the body or the next one in its queue. */
    @POST
    @Path("{id}/process")
    @Needs(Role.OPERATOR)
    @Consumes(MediaType.WILDCARD)
    public Trial process(@PathParam("id") String id, @QueryParam("dry-run") boolean dryRun, @QueryParam("level") LogFile.Level level, String message) {
        return control().process(id, message == null || message.isBlank() ? null : message, dryRun, level);
    }

    private List<String> chosen(List<String> bots, String group, boolean enabledOnly) {
        return !bots.isEmpty() ? bots : configuration().bots().values().stream()
                .filter(bot -> group == null || group.equals(bot.group())).filter(bot -> !enabledOnly || bot.enabled())
                .map(BotConfiguration::id).toList();
    }

    private BotControl control() {
        return host.control();
    }

    private RuntimeConfiguration configuration() {
        return RuntimeConfiguration.read(host.where().runtimeConfiguration(), System.getenv());
    }
}
