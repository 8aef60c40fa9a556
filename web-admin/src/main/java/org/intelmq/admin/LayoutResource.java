package org.intelmq.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.intelmq.administration.configuration.Positions;

/** Where bots are in the graph, and which fields events have. */
@RequestScoped
@Path("")
@Produces(MediaType.APPLICATION_JSON)
public class LayoutResource {

    @Inject
    private Ask ask;

    @Context
    private HttpServletResponse response;

    /** IntelMQ's {@code positions.conf}. */
    @GET
    @Path("positions")
    public Map<String, Object> positions() throws Exception {
        Map<String, Object> positions = ask.perform(new Positions());
        Versions.tag(response, Positions.version(positions));
        return positions;
    }

    @PUT
    @Path("positions")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.WILDCARD)
    public void place(@HeaderParam(HttpHeaders.IF_MATCH) String match, Map<String, Object> positions) throws Exception {
        ask.perform(new Positions.Write(Bodies.required(positions), Versions.of(match)));
    }

    /** IntelMQ's {@code harmonization.conf}. */
    @GET
    @Path("harmonization")
    public Map<String, Object> fields() throws Exception {
        return Versions.tagged(response, ask.perform(new Positions.Fields()));
    }
}
