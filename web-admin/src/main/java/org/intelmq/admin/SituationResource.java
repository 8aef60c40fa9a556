package org.intelmq.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.intelmq.administration.situation.ShowSituation;

/** An overview on one page, for a wall display. */
@RequestScoped
@Path("situation")
@Produces(MediaType.APPLICATION_JSON)
public class SituationResource {

    @Inject
    private Ask ask;

    @GET
    public ShowSituation.Situation show() throws Exception {
        return ask.perform(new ShowSituation(Clock.systemUTC()));
    }
}
