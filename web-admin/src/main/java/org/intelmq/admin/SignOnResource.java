package org.intelmq.admin;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.intelmq.access.Entrance;
import org.intelmq.access.HttpVisit;
import org.intelmq.access.SignIn;
import org.intelmq.administration.Refusal;
import org.intelmq.host.BotHost;
import org.intelmq.oidc.SignOn;
import org.intelmq.oidc.SignOnException;

/** Login with an OpenID Connect provider: one of our pages begins it, and the provider sends the browser back here. */
@RequestScoped
@Path("session/oidc")
public class SignOnResource {

    private static final Logger LOG = Logger.getLogger(SignOnResource.class.getName());
    private static final String WHAT = "login with OpenID Connect";

    @EJB
    private BotHost host;

    @Inject
    private HttpServletRequest request;

    /** @param address of the provider's page, where the browser is to go */
    public record Begun(String address) { }

    /** @param next the page to show after the login */
    public record Wanted(String next) { }

    /** Begins a login; {@code next} is the page to show after it. */
    @POST
    @Open
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @APIResponseSchema(Begun.class)
    public Response begin(@RequestBody(content = @Content(schema = @Schema(implementation = Wanted.class))) String body) {
        String next = BodyFields.of(body, Wanted.class).text("next");
        SignOn signOn = host.signOn().orElseThrow(() -> new Refusal(Refusal.Kind.UNKNOWN, "no-provider", "no OpenID Connect provider is set up",
                "Log in with a password, or have an administrator set INTELMQ_OIDC_ISSUER and the related variables."));
        try {
            SignOn.Begun begun = signOn.begin(here(), OwnPage.orHome(next));
            return Response.ok(new Begun(begun.address().toString())).cookie(cookies().returning(begun.proof(), SignOn.longest())).build();
        } catch (SignOnException e) {
            note(e);
            throw new Refusal(Refusal.Kind.UNAVAILABLE, e.reason().code(), "the login cannot begin: the provider did not answer as it should",
                    e.reason().remedy());
        }
    }

    /** Where the provider sends the browser back to. Continues with the page that was wanted, or with the login and the code of the reason. */
    @GET
    @Open
    @APIResponse(responseCode = "303", description = "To the page that was wanted, or back to the login.")
    public Response finish(@Context UriInfo address) {
        Optional<SignOn> signOn = host.signOn();
        if (signOn.isEmpty()) {
            return goOn("/login?refused=no-provider").build();
        }
        List<String> proofs = visit().cookies(entrance().providerCookie(visit()));
        try {
            SignOn.Finished finished = signOn.get().finish(address.getQueryParameters(), proofs.size() == 1 ? proofs.get(0) : "");
            SignIn signIn = host.people().signIn();
            visit().cookies(entrance().cookie(visit())).forEach(signIn::end);
            SignIn.Result result = signIn.withProvider(finished.account(), finished.subject(), visit().address());
            host.administration().note(result.name(), result.role(), way(), WHAT, "done");
            return goOn(finished.next()).cookie(cookies().session(result.token())).build();
        } catch (SignOnException e) {
            note(e);
            return goOn("/login?refused=" + e.reason().code()).build();
        }
    }

    /** The exact reason is only logged: whoever wants to log in may be anybody. */
    private void note(SignOnException refused) {
        boolean isNew = host.administration().noteRefused(refused.account(), null, way(), WHAT, refused.reason().code());
        LOG.log(isNew ? Level.WARNING : Level.FINE,
                () -> "Login with OpenID Connect refused from " + visit().address() + ": " + refused.getMessage() + ".");
    }

    /** With the host name that the browser has used: the container would fill in its own, which is not that of a proxy. */
    private Response.ResponseBuilder goOn(String page) {
        return Response.status(Response.Status.SEE_OTHER).header("Location", entrance().origin(visit()) + request.getContextPath() + page)
                .cookie(cookies().noLongerReturning());
    }

    private URI here() {
        return URI.create(entrance().origin(visit()) + request.getRequestURI());
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
