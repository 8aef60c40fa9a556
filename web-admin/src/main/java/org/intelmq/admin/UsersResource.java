package org.intelmq.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.intelmq.access.Role;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.access.AddUser;
import org.intelmq.administration.access.ChangeUser;
import org.intelmq.administration.access.ListUsers;
import org.intelmq.administration.access.RemoveUser;
import org.intelmq.administration.access.UserEntry;

/** The users who may log in. */
@RequestScoped
@Path("users")
@Produces(MediaType.APPLICATION_JSON)
public class UsersResource {

    @Inject
    private Ask ask;

    @GET
    public List<UserEntry> list() throws Exception {
        return ask.perform(new ListUsers());
    }

    /** A new user. */
    public record NewUser(String name, String role, String password) { }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public UserEntry add(@RequestBody(content = @Content(schema = @Schema(implementation = NewUser.class))) String body) throws Exception {
        BodyFields fields = BodyFields.of(body, NewUser.class);
        return ask.perform(new AddUser(fields.required("name"), role(fields.required("role")), fields.required("password")));
    }

    /**
     * What is to be changed; the rest stays.
     *
     * @param signOut whether all sessions of the user end
     */
    public record ChangedUser(String role, String password, Boolean signOut) { }

    @PATCH
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    public UserEntry change(@PathParam("name") String name, @RequestBody(content = @Content(schema = @Schema(implementation = ChangedUser.class))) String body)
            throws Exception {
        BodyFields fields = BodyFields.of(body, ChangedUser.class);
        return ask.perform(new ChangeUser(name, fields.has("role") ? role(fields.required("role")) : null, fields.text("password"), fields.truth("sign_out")));
    }

    @DELETE
    @Path("{name}")
    @Produces(MediaType.WILDCARD)
    public void remove(@PathParam("name") String name) throws Exception {
        ask.perform(new RemoveUser(name));
    }

    static Role role(String word) {
        try {
            return Role.of(word);
        } catch (IllegalArgumentException e) {
            throw new Refusal(Refusal.Kind.INVALID, "unknown-role", e.getMessage(), "Choose one of these.");
        }
    }
}
