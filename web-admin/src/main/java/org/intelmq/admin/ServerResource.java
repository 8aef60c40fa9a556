package org.intelmq.admin;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.intelmq.administration.statistics.Series;
import org.intelmq.administration.statistics.ShowHistory;
import org.intelmq.administration.system.CheckConfiguration;
import org.intelmq.control.CatalogueListing;
import org.intelmq.engine.check.ConfigurationCheck;
import org.intelmq.host.BotHost;
import org.intelmq.pipeline.Problem;

/** What holds for all bots together. */
@ApplicationScoped
@Path("")
@Produces(MediaType.APPLICATION_JSON)
public class ServerResource {

    @EJB
    private BotHost host;

    @Inject
    private Ask ask;

    /** What all bots did over the last day, by the minute. Times as {@code 2026-11-28T13:00:00Z}. */
    @GET
    @Path("statistics")
    public Series statistics(@QueryParam("from") String from, @QueryParam("to") String to) throws Exception {
        return ask.perform(new ShowHistory(null, TimesAsked.of("from", from), TimesAsked.of("to", to)));
    }

    /** What is wrong with the configuration as it is now, the worst first. */
    @GET
    @Path("check")
    public List<Problem> check() throws Exception {
        return ask.perform(new CheckConfiguration());
    }

    /** What {@code intelmqctl check} says of the configuration as it is now, step by step. */
    @GET
    @Path("check/steps")
    public ConfigurationCheck.Result checkSteps() throws Exception {
        return ask.perform(new CheckConfiguration.Steps());
    }

    /** The bots that exist, with their parameters. */
    @GET
    @Path("catalogue")
    public Map<String, Object> catalogue() {
        return CatalogueListing.of(host.catalogue());
    }

    /** The bots that exist, with all they declare of their parameters. */
    @GET
    @Path("catalogue/details")
    public Map<String, Object> catalogueDetails() {
        return host.catalogueDetails();
    }
}
