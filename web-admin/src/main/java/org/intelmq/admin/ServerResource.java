package org.intelmq.admin;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.control.CatalogueDetails;
import org.intelmq.control.CatalogueListing;
import org.intelmq.control.Version;
import org.intelmq.host.BotHost;
import org.intelmq.message.Json;
import org.intelmq.pipeline.Problem;

/** The server itself. */
@RequestScoped
@Path("")
@Produces(MediaType.APPLICATION_JSON)
public class ServerResource {

    @EJB
    private BotHost host;

    @GET
    @Path("version")
    public String version() {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("version", Version.text());
        answer.put("intelmq", Version.INTELMQ);
        return Json.write(answer);
    }

    /** What is wrong with the configuration as it is now, the worst first: bot and parameter ({@code null} for none), severity, text. */
    @GET
    @Path("problems")
    public String problems() {
        List<Object> problems = new ArrayList<>();
        for (Problem problem : host.control().problems()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("bot", problem.bot());
            entry.put("parameter", problem.parameter());
            entry.put("severity", problem.severity().word());
            entry.put("text", problem.text());
            problems.add(entry);
        }
        return Json.write(problems);
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
    public String catalogue() {
        return Json.write(CatalogueListing.of(host.catalogue()));
    }

    /** The bots that exist, with all they declare of their parameters. */
    @GET
    @Path("catalogue/details")
    public String catalogueDetails() {
        return Json.write(CatalogueDetails.of(host.catalogue()));
    }
}
