package org.intelmq.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.intelmq.administration.rules.CheckRules;
import org.intelmq.administration.rules.ReadRules;
import org.intelmq.administration.rules.RuleFile;
import org.intelmq.administration.rules.TryRules;
import org.intelmq.administration.rules.WriteRules;
import org.intelmq.bot.RuleText;

/** The files that bots use: rules, lists and templates. A file is named as {@code var/lib/bots/sieve/filter.sieve}. */
@RequestScoped
@Path("rules")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RulesResource {

    /** The version of a file that does not exist yet. */
    private static final String NONE = "none";

    @Inject
    private Ask ask;

    /** The content of a file to be saved. */
    public record Saved(String text, String reason) { }

    @GET
    public List<RuleFile> list() throws Exception {
        return ask.perform(new ReadRules());
    }

    @GET
    @Path("{file: .+}")
    @APIResponseSchema(ReadRules.Content.class)
    public Response read(@PathParam("file") String file, @Context Request request) throws Exception {
        ReadRules.Content content = ask.perform(new ReadRules.One(file));
        return Versions.answer(request, Objects.requireNonNullElse(content.version(), NONE), content);
    }

    @PUT
    @Path("{file: .+}")
    @APIResponseSchema(WriteRules.Done.class)
    public Response write(@PathParam("file") String file, @HeaderParam(HttpHeaders.IF_MATCH) String match, Saved wanted) throws Exception {
        Saved given = Bodies.required(wanted);
        String version = Versions.of(match);
        WriteRules.Done done = ask.perform(new WriteRules(file, given.text(), given.reason(), NONE.equals(version) ? null : version));
        return Versions.answer(done.version(), done);
    }

    @POST
    @Path("check")
    public List<RuleText.Mistake> check(CheckRules wanted) throws Exception {
        return ask.perform(Bodies.required(wanted));
    }

    @POST
    @Path("trial")
    public List<TryRules.Way> trial(TryRules wanted) throws Exception {
        return ask.perform(Bodies.required(wanted));
    }
}
