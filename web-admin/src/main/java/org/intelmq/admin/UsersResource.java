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
import org.intelmq.access.Role;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.access.AddUser;
import org.intelmq.administration.access.ChangeUser;
import org.intelmq.administration.access.ListUsers;
import org.intelmq.administration.access.RemoveUser;
import org.intelmq.administration.access.UserEntry;

/** Those who may log in. */
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

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public UserEntry add(String body) throws Exception {
        Fields fields = Fields.of(body, "name", "role", "password");
        return ask.perform(new AddUser(fields.required("name"), role(fields.required("role")), fields.required("password")));
    }

    @PATCH
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    public UserEntry change(@PathParam("name") String name, String body) throws Exception {
        Fields fields = Fields.of(body, "role", "password", "sign_out");
        return ask.perform(new ChangeUser(name, fields.has("role") ? role(fields.required("role")) : null, fields.text("password"), fields.truth("sign_out")));
    }

    @DELETE
    @Path("{name}")
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
