package org.intelmq.admin;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotAuthorizedException;
import org.intelmq.administration.Caller;
import org.intelmq.administration.Operation;
import org.intelmq.host.BotHost;

/** Asks the administration on behalf of whoever sent the request. Made once, for to find the host costs more than many an answer. Thread-safe. */
@ApplicationScoped
public class Ask {

    /** The request attribute in which {@link AccessFilter} leaves the {@link Caller}. */
    static final String CALLER = Caller.class.getName();

    @EJB
    private BotHost host;

    /** Stands for the one under way. */
    @Inject
    private HttpServletRequest request;

    /** @throws org.intelmq.administration.Refusal see {@link ProblemMapper} */
    <A> A perform(Operation<A> operation) throws Exception {
        return host.administration().perform(caller(), operation);
    }

    /** @throws NotAuthorizedException if nobody was let in, which {@link LoginFilter} rules out beforehand */
    Caller caller() {
        if (!(request.getAttribute(CALLER) instanceof Caller caller)) {
            throw new NotAuthorizedException("neither a login nor a token was given", "Bearer");
        }
        return caller;
    }
}
