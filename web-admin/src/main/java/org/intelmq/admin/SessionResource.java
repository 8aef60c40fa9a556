package org.intelmq.admin;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.intelmq.access.Entrance;
import org.intelmq.access.HttpVisit;
import org.intelmq.access.Pass;
import org.intelmq.access.SignIn;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.access.ChangeOwnPassword;
import org.intelmq.host.BotHost;
import org.intelmq.oidc.SignOn;

/** Who is asking, and the login of browsers: a cookie that scripts cannot read and other sites cannot use. */
@RequestScoped
@Path("session")
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {

    private static final String NOBODY = "login-refused";

    @EJB
    private BotHost host;

    @Inject
    private Ask ask;

    @Inject
    private HttpServletRequest request;

    /**
     * Somebody who was let in.
     *
     * @param way {@code session}, {@code oidc}, {@code display}, {@code token}, {@code metrics} or {@code server}
     * @param expires when the login ends unless something is requested before
     * @param csrf to be sent in the header {@code X-CSRF-Token} with each change
     */
    public record Session(String name, String role, String way, Instant expires, String csrf) {

        static Session of(Pass pass) {
            return new Session(pass.name(), pass.role().word(), pass.way(), pass.expires(), pass.csrf());
        }
    }

    /**
     * A login.
     *
     * @param link the one printed by a server without users; the login then creates the first user
     * @param token of a display, instead of name and password
     */
    public record Login(String name, String password, String link, String token) { }

    /** A new password in place of the current one. */
    public record NewPassword(String current, String password) { }

    /** If nobody is logged in, says whether there is anybody who could log in. */
    @GET
    @Open
    @APIResponseSchema(Session.class)
    public Response session() {
        Pass pass = (Pass) request.getAttribute(AccessFilter.PASS);
        if (pass != null) {
            return Response.ok(Session.of(pass)).build();
        }
        return problem(host.people().any() ? ProblemMapper.refused(401, "login-needed", "nobody is logged in", "Log in.")
                : ProblemMapper.refused(401, "no-user-yet", "there is no user yet",
                        "Open the link that the server printed when it started, or add one on the server with 'intelmqctl user add NAME'.")).build();
    }

    /**
     * Ways to log in other than with a password.
     *
     * @param provider the name of the OpenID Connect provider; {@code null} if there is none
     */
    public record Ways(String provider) { }

    /** For the login page. */
    @GET
    @Path("ways")
    @Open
    public Ways ways() {
        return new Ways(host.signOn().map(SignOn::label).orElse(null));
    }

    private static Response.ResponseBuilder problem(ProblemMapper.Refused problem) {
        return Response.status(problem.status()).type(ProblemMapper.PROBLEM).entity(problem);
    }

    /** With {@code name} and {@code password}; with {@code link} as well, creates the first user. With {@code token}, a display logs in. */
    @POST
    @Open
    @Consumes(MediaType.APPLICATION_JSON)
    @APIResponseSchema(Session.class)
    public Response logIn(@RequestBody(content = @Content(schema = @Schema(implementation = Login.class))) String body) throws IOException {
        BodyFields fields = BodyFields.of(body, Login.class);
        SignIn.Result result = signedIn(fields);
        String what = fields.has("link") ? "first user" : "login";
        if (result.delay() != null) {
            long seconds = result.delay().plusMillis(999).toSeconds();
            host.administration().noteRefused(null, null, way(), what, "too-many-failures");
            return problem(ProblemMapper.refused(429, "too-many-failures", "too many logins have failed", "Try again in " + seconds + " seconds."))
                    .header("Retry-After", seconds).build();
        }
        host.administration().note(result.name(), result.role(), way(), what, result.token() == null ? NOBODY : "done");
        if (result.token() == null) {
            return problem(fields.has("link") ? uselessLink()
                    : ProblemMapper.refused(401, NOBODY, "the server does not know this login",
                            "Check name and password; an administrator can set another password.")).build();
        }
        endPresent();
        Pass pass = host.people().signIn().session(result.token()).orElseThrow(() -> new IllegalStateException("the session ended immediately"));
        return Response.ok(Session.of(pass)).cookie(cookies().session(result.token())).build();
    }

    private ProblemMapper.Refused uselessLink() throws IOException {
        return host.people().any() ? ProblemMapper.refused(401, NOBODY, "the link creates the first user, and there is a user already",
                        "Log in as that user, or add one on the server with 'intelmqctl user add NAME --role admin'.")
                : ProblemMapper.refused(401, NOBODY, "the link is not valid: it works for an hour, and only the last one printed does",
                        "Restart the server for a new link, or use 'intelmqctl user add NAME' on the server.");
    }

    private SignIn.Result signedIn(BodyFields fields) throws IOException {
        SignIn signIn = host.people().signIn();
        String address = visit().address();
        if (fields.has("token")) {
            return signIn.withToken(fields.required("token"), address);
        }
        String name = fields.required("name");
        String password = fields.required("password");
        try {
            return fields.has("link") ? signIn.first(fields.required("link"), name, password, address) : signIn.withPassword(name, password, address);
        } catch (IllegalArgumentException e) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid-account", e.getMessage(), "Correct it and try again.");
        }
    }

    /** Ends the session; the browser also forgets what it has kept of our answers. */
    @DELETE
    @Open
    @APIResponse(responseCode = "204", description = "You are logged out.")
    @Produces(MediaType.WILDCARD)
    public Response logOut() {
        Pass pass = (Pass) request.getAttribute(AccessFilter.PASS);
        if (pass != null && pass.csrf() != null) {
            host.administration().note(pass.name(), pass.role(), way(), "logout", "done");
        }
        endPresent();
        return Response.noContent().cookie(cookies().noSession()).header("Clear-Site-Data", "\"cache\"").build();
    }

    /** Sets a new password for the caller, from {@code current} and {@code password}; all sessions of the user end. */
    @PUT
    @Path("password")
    @Consumes(MediaType.APPLICATION_JSON)
    @APIResponse(responseCode = "204", description = "The password is changed.")
    @Produces(MediaType.WILDCARD)
    public Response changePassword(@RequestBody(content = @Content(schema = @Schema(implementation = NewPassword.class))) String body) throws Exception {
        BodyFields fields = BodyFields.of(body, NewPassword.class);
        Pass pass = (Pass) request.getAttribute(AccessFilter.PASS);
        if (!pass.way().equals("session")) {
            throw new Refusal(Refusal.Kind.INVALID, "no-password", "'" + pass.name() + "' logs in without a password", "Log in as a user.");
        }
        ask.perform(new ChangeOwnPassword(pass.name(), fields.required("current"), fields.required("password"), visit().address()));
        return Response.noContent().cookie(cookies().noSession()).build();
    }

    private void endPresent() {
        visit().cookies(entrance().cookie(visit())).forEach(host.people().signIn()::end);
    }

    private BrowserCookies cookies() {
        return new BrowserCookies(entrance(), visit());
    }

    private HttpVisit visit() {
        return (HttpVisit) request.getAttribute(AccessFilter.VISIT);
    }

    private Entrance entrance() {
        return (Entrance) request.getAttribute(AccessFilter.ENTRANCE);
    }

    private String way() {
        return "login " + visit().address();
    }
}
