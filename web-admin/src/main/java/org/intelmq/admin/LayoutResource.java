package org.intelmq.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
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

    /** IntelMQ's {@code positions.conf}. */
    @GET
    @Path("positions")
    public Map<String, Object> positions() throws Exception {
        return ask.perform(new Positions());
    }

    @PUT
    @Path("positions")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.WILDCARD)
    public void place(Map<String, Object> positions) throws Exception {
        ask.perform(new Positions.Write(Bodies.required(positions)));
    }

    /** IntelMQ's {@code harmonization.conf}. */
    @GET
    @Path("harmonization")
    public Map<String, Object> fields() throws Exception {
        return ask.perform(new Positions.Fields());
    }
}
