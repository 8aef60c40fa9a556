package org.intelmq.admin;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.intelmq.control.CatalogueDetails;
import org.intelmq.control.CatalogueListing;
import org.intelmq.control.Version;
import org.intelmq.feeds.Feeds;
import org.intelmq.host.BotHost;
import org.intelmq.pipeline.Problem;

/** The server itself. */
@RequestScoped
@Path("")
@Produces(MediaType.APPLICATION_JSON)
public class ServerResource {

    @EJB
    private BotHost host;

    /** @param intelmq the version of IntelMQ whose behaviour this one has */
    public record Versions(String version, String intelmq) { }

    @GET
    @Path("version")
    public Versions version() {
        return new Versions(Version.text(), Version.INTELMQ);
    }

    /** What is wrong with the configuration as it is now, the worst first. */
    @GET
    @Path("problems")
    public List<Problem> problems() {
        return host.control().problems();
    }

    /** As {@code /health} without this path: {@code UP}, or {@code DEGRADED} with the bots that were to run and do not. */
    @GET
    @Path("health")
    public String health() {
        return Health.of(host.control().missing());
    }

    /** The bots that exist, with their parameters. */
    @GET
    @Path("catalogue")
    public Map<String, Object> catalogue() {
        return CatalogueListing.of(host.catalogue());
    }

    /** The feeds that are known, with their bots and what an operator must say. */
    @GET
    @Path("feeds")
    public List<Object> feeds() {
        return Feeds.of(host.catalogue()).toList();
    }

    /** The bots that exist, with all they declare of their parameters. */
    @GET
    @Path("catalogue/details")
    public Map<String, Object> catalogueDetails() {
        return CatalogueDetails.of(host.catalogue());
    }
}
