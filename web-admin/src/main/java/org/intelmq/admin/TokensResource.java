package org.intelmq.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.intelmq.access.Role;
import org.intelmq.access.Tokens;
import org.intelmq.administration.access.AddToken;
import org.intelmq.administration.access.ListTokens;
import org.intelmq.administration.access.RemoveToken;
import org.intelmq.administration.access.TokenEntry;

/** Tokens for programs and displays. */
@RequestScoped
@Path("tokens")
@Produces(MediaType.APPLICATION_JSON)
public class TokensResource {

    @Inject
    private Ask ask;

    @GET
    public List<TokenEntry> list() throws Exception {
        return ask.perform(new ListTokens());
    }

    /**
     * A new token, which replaces a password.
     *
     * @param role {@code null} for viewer
     * @param days until it expires; {@code null} for the default
     * @param display whether it is for a display, which logs in with it and may only look
     */
    public record NewToken(String name, String role, Integer days, Boolean display) { }

    /** The answer contains the token, only this once. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public TokenEntry add(@RequestBody(content = @Content(schema = @Schema(implementation = NewToken.class))) String body) throws Exception {
        BodyFields fields = BodyFields.of(body, NewToken.class);
        int days = fields.number("days", (int) Tokens.USUAL.toDays(), 1, (int) Tokens.LONGEST.toDays());
        Role role = fields.has("role") ? UsersResource.role(fields.required("role")) : Role.VIEWER;
        return ask.perform(new AddToken(fields.required("name"), role, Duration.ofDays(days), fields.truth("display")));
    }

    @DELETE
    @Path("{id}")
    @Produces(MediaType.WILDCARD)
    public void remove(@PathParam("id") String id) throws Exception {
        ask.perform(new RemoveToken(id));
    }
}
