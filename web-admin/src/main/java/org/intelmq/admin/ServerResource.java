package org.intelmq.admin;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.intelmq.control.CatalogueDetails;
import org.intelmq.control.CatalogueListing;
import org.intelmq.control.Version;
import org.intelmq.host.BotHost;
import org.intelmq.message.Json;

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

    /** What is wrong with the configuration in force. */
    @GET
    @Path("problems")
    public String problems() {
        return Json.write(host.control().problems());
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
