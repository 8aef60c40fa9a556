package org.intelmq.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.intelmq.administration.Page;
import org.intelmq.administration.dumps.DeleteEntries;
import org.intelmq.administration.dumps.DumpGroup;
import org.intelmq.administration.dumps.DumpLine;
import org.intelmq.administration.dumps.DumpedMessage;
import org.intelmq.administration.dumps.EditEntry;
import org.intelmq.administration.dumps.ListDumps;
import org.intelmq.administration.dumps.RecoverEntries;
import org.intelmq.administration.dumps.ShowDump;
import org.intelmq.administration.dumps.ShowEntry;
import org.intelmq.administration.jobs.JobView;
import org.intelmq.message.Json;

/** Messages that failed and were kept. */
@RequestScoped
@Path("dumps")
@Produces(MediaType.APPLICATION_JSON)
public class DumpsResource {

    @Inject
    private Ask ask;

    /** By bot and reason, most entries first. */
    @GET
    public List<DumpGroup> list(@QueryParam("bot") String bot, @QueryParam("reason") String reason, @QueryParam("q") String text) throws Exception {
        return ask.perform(new ListDumps(bot, reason, text));
    }

    /** Of one bot, oldest first. */
    @GET
    @Path("{bot}")
    public Page<DumpLine> show(@PathParam("bot") String bot, @QueryParam("reason") String reason, @QueryParam("limit") @DefaultValue("100") int limit,
                               @QueryParam("cursor") String cursor) throws Exception {
        return ask.perform(new ShowDump(bot, reason, limit, cursor));
    }

    @GET
    @Path("{bot}/{id}")
    public DumpedMessage entry(@PathParam("bot") String bot, @PathParam("id") String id) throws Exception {
        return ask.perform(new ShowEntry(bot, id));
    }

    /** @param message a JSON object, or its text */
    public record EditedMessage(Object message) { }

    @PUT
    @Path("{bot}/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public DumpedMessage edit(@PathParam("bot") String bot, @PathParam("id") String id, EditedMessage edit) throws Exception {
        Object message = edit == null ? null : edit.message();
        return ask.perform(new EditEntry(bot, id, message == null || message instanceof String ? (String) message : Json.write(AnyJson.plain(message))));
    }

    /**
     * Which entries to send again: one of the first three is given.
     *
     * @param ids of entries
     * @param reason all entries with this reason, as in the list of dumps
     * @param all whether all entries are meant
     * @param queue to which they go; {@code null} for the one that each came from
     */
    public record Recover(List<String> ids, String reason, Boolean all, String queue) { }

    /** Sends entries again, as a job. */
    @POST
    @Path("{bot}/recover")
    @Consumes(MediaType.APPLICATION_JSON)
    public JobView recover(@PathParam("bot") String bot, Recover given) throws Exception {
        Recover chosen = given == null ? new Recover(null, null, null, null) : given;
        return ask.perform(new RecoverEntries(bot, chosen.ids(), chosen.reason(), Boolean.TRUE.equals(chosen.all()), chosen.queue()));
    }

    /** @param count the number of entries deleted */
    public record Deleted(int count) { }

    @DELETE
    @Path("{bot}")
    public Deleted delete(@PathParam("bot") String bot, @QueryParam("ids") List<String> ids, @QueryParam("reason") String reason) throws Exception {
        List<String> named = ids.stream().flatMap(each -> List.of(each.split(",")).stream()).filter(each -> !each.isEmpty()).toList();
        return new Deleted(ask.perform(new DeleteEntries(bot, named, reason)));
    }
}
