package org.intelmq.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.intelmq.administration.configuration.ApplyDraft;
import org.intelmq.administration.configuration.Plan;
import org.intelmq.administration.configuration.ReadConfiguration;
import org.intelmq.administration.configuration.ReadDraft;
import org.intelmq.pipeline.Problem;

/** The configuration in force, with secrets masked; and a whole text in its place. */
@RequestScoped
@Path("configuration")
@Produces(MediaType.APPLICATION_JSON)
public class ConfigurationResource {

    @Inject
    private Ask ask;

    @Context
    private HttpServletResponse response;

    /** @param text a whole {@code runtime.yaml}; masked secrets stand for their present values */
    public record Text(String text) { }

    @GET
    @APIResponseSchema(ReadConfiguration.Answer.class)
    public Response read(@Context Request request) throws Exception {
        ReadConfiguration.Answer answer = ask.perform(new ReadConfiguration());
        return Versions.answer(request, answer.version(), answer);
    }

    @GET
    @Path("bots/{id}")
    public Map<String, Object> bot(@PathParam("id") String id) throws Exception {
        return Versions.tagged(response, ask.perform(new ReadConfiguration.Bot(id)));
    }

    @GET
    @Path("bots/{id}/parameters/{name}")
    public ReadConfiguration.OneParameter.Value parameter(@PathParam("id") String id, @PathParam("name") String name) throws Exception {
        ReadConfiguration.OneParameter.Value value = ask.perform(new ReadConfiguration.OneParameter(id, name));
        Versions.tagged(response, Arrays.asList(value.value(), value.inherited()));
        return value;
    }

    /** What putting this text in place of the configuration would do. */
    @POST
    @Path("plan")
    @Consumes(MediaType.APPLICATION_JSON)
    public Plan plan(Text wanted) throws Exception {
        return ask.perform(new ReadDraft.Planned(Bodies.required(wanted).text()));
    }

    /** What a start with this text would report. */
    @POST
    @Path("problems")
    @Consumes(MediaType.APPLICATION_JSON)
    public List<Problem> problems(Text wanted) throws Exception {
        return ask.perform(new ReadDraft.Problems(Bodies.required(wanted).text()));
    }

    /**
     * Puts the text in the body into force, or the caller's draft if there is no text. With the {@code ETag} of the configuration that was
     * changed (or of the draft) in {@code If-Match}, nothing is overwritten that somebody else has changed since.
     */
    @POST
    @Path("apply")
    @Consumes(MediaType.APPLICATION_JSON)
    public ApplyDraft.Done apply(@HeaderParam(HttpHeaders.IF_MATCH) String match, ApplyDraft wanted) throws Exception {
        ApplyDraft given = Bodies.required(wanted);
        String base = Versions.of(match);
        return base == null ? ask.perform(given) : ask.perform(new ApplyDraft.Onto(base, given));
    }
}
