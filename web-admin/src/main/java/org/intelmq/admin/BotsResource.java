package org.intelmq.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.intelmq.administration.Page;
import org.intelmq.administration.bots.BotAction;
import org.intelmq.administration.bots.BotFigures;
import org.intelmq.administration.bots.BotStates;
import org.intelmq.administration.bots.BotView;
import org.intelmq.administration.bots.ChangeBots;
import org.intelmq.administration.bots.ListBots;
import org.intelmq.administration.bots.NextMessages;
import org.intelmq.administration.bots.RunBot;
import org.intelmq.administration.bots.ShowBot;
import org.intelmq.administration.bots.Tried;
import org.intelmq.administration.bots.TryBot;
import org.intelmq.administration.logs.LogEntry;
import org.intelmq.administration.logs.ReadLog;
import org.intelmq.administration.statistics.Series;
import org.intelmq.administration.statistics.ShowHistory;
import org.intelmq.control.BotState;
import org.intelmq.control.BotStatistics;
import org.intelmq.control.LogFile;
import org.intelmq.control.Trial;

/**
 * The configured bots. Changes apply to the bots named by {@code ?bot=…&bot=…}, or those of {@code ?group=Expert}, or all enabled ones; the
 * answer is the state of each. {@code GET problems} says why a bot did not start.
 */
@RequestScoped
@Path("bots")
@Produces(MediaType.APPLICATION_JSON)
public class BotsResource {

    @Inject
    private Ask ask;

    @GET
    public List<BotView> list(@QueryParam("q") String text, @QueryParam("state") String state, @QueryParam("group") String group) throws Exception {
        return ask.perform(new ListBots(text, state, group));
    }

    @GET
    @Path("{id}")
    public BotView show(@PathParam("id") String id) throws Exception {
        return ask.perform(new ShowBot(id));
    }

    @POST
    @Path("{id}/{action: start|stop|reload|restart}")
    @Consumes(MediaType.WILDCARD)
    public Map<String, BotState> changeOne(@PathParam("id") String id, @PathParam("action") String action) throws Exception {
        return change(action, List.of(id), null);
    }

    /** The last day by the minute. Times as {@code 2026-11-28T13:00:00Z}. */
    @GET
    @Path("{id}/history")
    public Series history(@PathParam("id") String id, @QueryParam("from") String from, @QueryParam("to") String to) throws Exception {
        return ask.perform(new ShowHistory(id, TimesAsked.of("from", from), TimesAsked.of("to", to)));
    }

    @GET
    @Path("status")
    public Map<String, BotState> status(@QueryParam("bot") List<String> bots, @QueryParam("group") String group) throws Exception {
        return ask.perform(new BotStates(bots, group));
    }

    @POST
    @Path("{action: start|stop|reload|restart}")
    public Map<String, BotState> change(@PathParam("action") String action, @QueryParam("bot") List<String> bots, @QueryParam("group") String group)
            throws Exception {
        return ask.perform(new ChangeBots(BotAction.valueOf(action.toUpperCase(Locale.ROOT)), bots, group));
    }

    @GET
    @Path("{id}/statistics")
    public BotStatistics statistics(@PathParam("id") String id) throws Exception {
        return ask.perform(new BotFigures(id));
    }

    /** Newest first; consecutive equal lines are one entry. */
    @GET
    @Path("{id}/log")
    public Page<LogEntry> log(@PathParam("id") String id, @QueryParam("level") @DefaultValue("INFO") LogFile.Level level, @QueryParam("q") String text,
                              @QueryParam("lines") @DefaultValue("100") int lines, @QueryParam("cursor") String cursor) throws Exception {
        return ask.perform(new ReadLog(id, level, text, lines, cursor));
    }

    /** The next messages that the bot takes; answers when there are as many, or when the time is up. */
    @GET
    @Path("{id}/next")
    public List<String> next(@PathParam("id") String id, @QueryParam("limit") @DefaultValue("1") int limit,
                             @QueryParam("seconds") @DefaultValue("10") int seconds) throws Exception {
        return ask.perform(new NextMessages(id, limit, seconds));
    }

    /** Calls a stopped bot once, with the message in the body or the next one in its queue. */
    @POST
    @Path("{id}/process")
    @Consumes(MediaType.WILDCARD)
    public Trial process(@PathParam("id") String id, @QueryParam("dry-run") boolean dryRun, @QueryParam("level") LogFile.Level level, String message)
            throws Exception {
        return ask.perform(new RunBot(id, message == null || message.isBlank() ? null : message, dryRun, level));
    }

    /**
     * What to try a bot with.
     *
     * @param messages each a JSON object or its text
     * @param source where to take messages from if none are given: {@code queue}, {@code dump} or {@code sample}
     * @param limit how many
     */
    public record TrialOf(List<Object> messages, String source, Integer limit) { }

    /** What the bot would make of messages; nothing is sent, and a running bot is not disturbed. */
    @POST
    @Path("{id}/trial")
    @Consumes(MediaType.APPLICATION_JSON)
    public List<Tried> trial(@PathParam("id") String id, TrialOf given) throws Exception {
        TrialOf trial = given == null ? new TrialOf(null, null, null) : given;
        List<Object> messages = trial.messages() == null ? List.of() : trial.messages().stream().map(AnyJson::plain).toList();
        return ask.perform(new TryBot(id, messages, trial.source(), trial.limit() == null ? 1 : trial.limit()));
    }
}
