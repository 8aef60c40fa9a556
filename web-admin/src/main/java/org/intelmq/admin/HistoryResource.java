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
import org.intelmq.administration.Page;
import org.intelmq.administration.configuration.Draft;
import org.intelmq.administration.configuration.RollBack;
import org.intelmq.administration.history.ReadHistory;
import org.intelmq.administration.history.Revision;

/** Past configurations: what was changed, when, by whom and why. */
@RequestScoped
@Path("history")
@Produces(MediaType.APPLICATION_JSON)
public class HistoryResource {

    @Inject
    private Ask ask;

    /**
     * @param reason suggested for applying it
     * @param replace whether an existing draft of the caller may be lost
     */
    public record Rollback(String reason, boolean replace) { }

    @GET
    public Page<Revision> list(@QueryParam("file") String file, @QueryParam("limit") @DefaultValue("50") int limit, @QueryParam("cursor") String cursor)
            throws Exception {
        Limits.require("limit", limit, 1, Limits.MESSAGES);
        return ask.perform(new ReadHistory(file, limit, cursor));
    }

    @GET
    @Path("{revision}")
    public ReadHistory.Detail one(@PathParam("revision") long revision, @QueryParam("against") Long against) throws Exception {
        return ask.perform(new ReadHistory.One(revision, against));
    }

    /** Makes the revision the caller's draft, which is planned and applied like any other. */
    @POST
    @Path("{revision}/rollback")
    @Consumes(MediaType.APPLICATION_JSON)
    public Draft rollBack(@PathParam("revision") long revision, Rollback wanted) throws Exception {
        return ask.perform(wanted == null ? new RollBack(revision, null, false) : new RollBack(revision, wanted.reason(), wanted.replace()));
    }
}
