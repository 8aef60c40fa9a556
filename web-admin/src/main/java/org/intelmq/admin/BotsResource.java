package org.intelmq.admin;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.control.BotControl;
import org.intelmq.control.BotState;
import org.intelmq.control.BotStatistics;
import org.intelmq.control.LogFile;
import org.intelmq.control.Trial;
import org.intelmq.host.BotHost;
import org.intelmq.message.Json;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.RuntimeConfiguration;

/**
 * The configured bots. Changes concern the bots named by {@code ?bot=…&bot=…}, or those of {@code ?group=Expert}, or all enabled
 * ones; the answer is each one's state.
 */
@RequestScoped
@Path("bots")
@Produces(MediaType.APPLICATION_JSON)
public class BotsResource {

    private static final int LONGEST_WATCH_SECONDS = 240;

    @EJB
    private BotHost host;

    @GET
    public String list() {
        List<Object> bots = new ArrayList<>();
        configuration().bots().values().forEach(bot -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("id", bot.id());
            entry.put("name", bot.name());
            entry.put("group", bot.group());
            entry.put("module", bot.module());
            entry.put("description", bot.description());
            entry.put("enabled", bot.enabled());
            entry.put("run_mode", bot.runMode());
            entry.put("state", control().status(List.of(bot.id())).get(bot.id()).word());
            entry.put("source_queue", bot.isCollector() ? null : bot.sourceQueue());
            entry.put("destination_queues", bot.destinationQueues());
            bots.add(entry);
        });
        return Json.write(bots);
    }

    @GET
    @Path("status")
    public String status(@QueryParam("bot") List<String> bots, @QueryParam("group") String group) {
        return words(control().status(chosen(bots, group, false)));
    }

    @POST
    @Path("{action: start|stop|reload|restart}")
    public String change(@PathParam("action") String action, @QueryParam("bot") List<String> bots, @QueryParam("group") String group) {
        List<String> chosen = chosen(bots, group, action.endsWith("start"));
        return words(switch (action) {
            case "start" -> control().start(chosen);
            case "stop" -> control().stop(chosen);
            case "reload" -> control().reload(chosen);
            default -> {
                control().stop(chosen);
                yield control().start(chosen);
            }
        });
    }

    @GET
    @Path("{id}/statistics")
    public String statistics(@PathParam("id") String id) {
        BotStatistics statistics = control().statistics(id);
        if (statistics == null) {
            throw new NotFoundException("there is no bot '" + id + "' in runtime.yaml");
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("state", statistics.state().word());
        answer.put("received", statistics.received());
        answer.put("sent", statistics.sent());
        answer.put("failed", statistics.failed());
        answer.put("dumped", statistics.dumped());
        answer.put("waiting", statistics.waiting());
        answer.put("consumers", statistics.consumers());
        answer.put("held_behind", statistics.heldBehind());
        answer.put("waiting_for", statistics.waitingFor());
        answer.put("last_error", statistics.lastError());
        answer.put("last_error_at", statistics.lastErrorAt() == null ? null : statistics.lastErrorAt().toString());
        return Json.write(answer);
    }

    @GET
    @Path("{id}/log")
    public String log(@PathParam("id") String id, @QueryParam("lines") @DefaultValue("10") int lines,
                      @QueryParam("level") @DefaultValue("INFO") LogFile.Level level) throws IOException {
        BotConfiguration bot = configuration().bot(id);
        if (bot == null) {
            throw new NotFoundException("there is no bot '" + id + "' in runtime.yaml");
        }
        Limits.require("lines", lines, LogFile.ALL, Limits.LOG_ENTRIES);
        java.nio.file.Path file = host.where().log(bot).resolve(id + ".log");
        return Json.write(Files.exists(file) ? LogFile.read(file, lines, level) : List.of());
    }

    /** The next messages that the bot takes in; answers when there are as many, or the time is over. */
    @GET
    @Path("{id}/next")
    public String next(@PathParam("id") String id, @QueryParam("limit") @DefaultValue("1") int limit,
                       @QueryParam("seconds") @DefaultValue("10") int seconds) throws InterruptedException {
        Limits.require("limit", limit, 1, Limits.MESSAGES);
        Limits.require("seconds", seconds, 0, LONGEST_WATCH_SECONDS);
        return Json.write(control().next(id, limit, Duration.ofSeconds(seconds)));
    }

    /** Calls a stopped bot once, with the message of the body or the next one in its queue. */
    @POST
    @Path("{id}/process")
    @Consumes(MediaType.WILDCARD)
    public String process(@PathParam("id") String id, @QueryParam("dry-run") boolean dryRun, @QueryParam("level") LogFile.Level level, String message) {
        Trial trial = control().process(id, message == null || message.isBlank() ? null : message, dryRun, level);
        List<Object> sent = new ArrayList<>();
        trial.sent().forEach(one -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("path", one.path());
            entry.put("message", one.message());
            sent.add(entry);
        });
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("log", trial.log());
        answer.put("sent", sent);
        return Json.write(answer);
    }

    private List<String> chosen(List<String> bots, String group, boolean enabledOnly) {
        return !bots.isEmpty() ? bots : configuration().bots().values().stream()
                .filter(bot -> group == null || group.equals(bot.group())).filter(bot -> !enabledOnly || bot.enabled())
                .map(BotConfiguration::id).toList();
    }

    private static String words(Map<String, BotState> states) {
        Map<String, Object> words = new LinkedHashMap<>();
        states.forEach((bot, state) -> words.put(bot, state.word()));
        return Json.write(words);
    }

    private BotControl control() {
        return host.control();
    }

    private RuntimeConfiguration configuration() {
        return RuntimeConfiguration.read(host.where().runtimeConfiguration(), System.getenv());
    }
}
