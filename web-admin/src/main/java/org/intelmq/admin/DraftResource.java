package org.intelmq.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.intelmq.administration.configuration.ApplyDraft;
import org.intelmq.administration.configuration.ChangeDraft;
import org.intelmq.administration.configuration.Draft;
import org.intelmq.administration.configuration.Edit;
import org.intelmq.administration.configuration.MergeDraft;
import org.intelmq.administration.configuration.Plan;
import org.intelmq.administration.configuration.ReadDraft;
import org.intelmq.pipeline.Problem;

/** What the caller is about to change in the configuration. */
@RequestScoped
@Path("draft")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class DraftResource {

    @Inject
    private Ask ask;

    /** @param edits carried out in this order, all or none */
    public record Edited(List<Edit> edits) { }

    @GET
    @APIResponseSchema(Draft.class)
    public Response read(@Context Request request) throws Exception {
        Draft draft = ask.perform(new ReadDraft());
        return Versions.answer(request, draft.version(), draft);
    }

    @PUT
    @APIResponseSchema(Draft.class)
    public Response write(@HeaderParam(HttpHeaders.IF_MATCH) String match, ConfigurationResource.Text wanted) throws Exception {
        return changed(new ChangeDraft(Bodies.required(wanted).text(), null, Versions.of(match)));
    }

    @PATCH
    @APIResponseSchema(Draft.class)
    public Response edit(@HeaderParam(HttpHeaders.IF_MATCH) String match, Edited wanted) throws Exception {
        return changed(new ChangeDraft(null, Bodies.required(wanted).edits(), Versions.of(match)));
    }

    private Response changed(ChangeDraft change) throws Exception {
        Draft draft = ask.perform(change);
        return Versions.answer(draft.version(), draft);
    }

    /** Discards the draft and answers with the configuration in force. */
    @DELETE
    @Consumes(MediaType.WILDCARD)
    public Draft drop() throws Exception {
        return ask.perform(new ChangeDraft.Drop());
    }

    @GET
    @Path("problems")
    public List<Problem> problems() throws Exception {
        return ask.perform(new ReadDraft.Problems(null));
    }

    @GET
    @Path("plan")
    public Plan plan() throws Exception {
        return ask.perform(new ReadDraft.Planned(null));
    }

    /** Merges what others have applied since the draft was begun. */
    @POST
    @Path("merge")
    @APIResponseSchema(Draft.class)
    public Response merge(MergeDraft wanted) throws Exception {
        Draft draft = ask.perform(Bodies.required(wanted));
        return Versions.answer(draft.version(), draft);
    }

    @POST
    @Path("apply")
    public ApplyDraft.Done apply(@HeaderParam(HttpHeaders.IF_MATCH) String match, ApplyDraft wanted) throws Exception {
        ApplyDraft given = Bodies.required(wanted);
        String version = given.version() == null ? Versions.of(match) : given.version();
        return ask.perform(new ApplyDraft(null, given.reason(), version, given.queues(), given.resolve(), given.drainSeconds()));
    }
}
