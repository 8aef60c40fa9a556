package org.intelmq.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.intelmq.administration.events.Searches;

/** Searches that the caller has named. */
@RequestScoped
@Path("searches")
@Produces(MediaType.APPLICATION_JSON)
public class SearchesResource {

    @Inject
    private Ask ask;

    /** @param query of the console's address */
    public record SearchQuery(String query) { }

    @GET
    public List<Searches.Search> list() throws Exception {
        return ask.perform(new Searches.All());
    }

    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Searches.Search keep(@PathParam("name") String name, SearchQuery wanted) throws Exception {
        return ask.perform(new Searches.Keep(name, Bodies.required(wanted).query()));
    }

    @DELETE
    @Path("{name}")
    public List<Searches.Search> forget(@PathParam("name") String name) throws Exception {
        return ask.perform(new Searches.Forget(name));
    }
}
