package org.intelmq.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.intelmq.administration.system.About;
import org.intelmq.administration.system.HealthView;
import org.intelmq.administration.system.ShowAbout;
import org.intelmq.administration.system.ShowHealth;
import org.intelmq.administration.system.ShowSystem;
import org.intelmq.administration.system.SystemView;

/** The server itself. */
@RequestScoped
@Path("system")
@Produces(MediaType.APPLICATION_JSON)
public class SystemResource {

    @Inject
    private Ask ask;

    /** Versions, disk, memory and broker as they are now. */
    @GET
    public SystemView show() throws Exception {
        return ask.perform(new ShowSystem());
    }

    /** The same as {@code /health}: {@code UP}, or {@code DEGRADED} with the bots that should run but do not. */
    @GET
    @Path("health")
    public HealthView health() throws Exception {
        return ask.perform(new ShowHealth());
    }

    /** Versions and licences. */
    @GET
    @Path("about")
    public About about() throws Exception {
        return ask.perform(new ShowAbout());
    }
}
