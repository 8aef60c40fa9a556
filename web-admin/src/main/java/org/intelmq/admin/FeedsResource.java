package org.intelmq.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.intelmq.administration.configuration.Draft;
import org.intelmq.administration.feeds.DraftFeed;
import org.intelmq.administration.feeds.ReadFeeds;
import org.intelmq.administration.feeds.SampleFeed;

/** The known feeds, and those in use. */
@RequestScoped
@Path("feeds")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class FeedsResource {

    @Inject
    private Ask ask;

    /**
     * @param values what the feed asks for, and parameters of its bots
     * @param to bots that get the events; none for those that all other parsers send to
     */
    public record FeedValues(Map<String, String> values, List<String> to) { }

    @GET
    public List<ReadFeeds.Entry> list() throws Exception {
        return ask.perform(new ReadFeeds());
    }

    @GET
    @Path("{id}")
    public ReadFeeds.Entry one(@PathParam("id") String id) throws Exception {
        return ask.perform(new ReadFeeds.One(id));
    }

    /** Three real events, fetched now; nothing is saved. */
    @POST
    @Path("{id}/sample")
    public SampleFeed.Answer sample(@PathParam("id") String id, FeedValues wanted) throws Exception {
        return ask.perform(new SampleFeed(id, wanted == null ? null : wanted.values()));
    }

    /** Adds the feed to the caller's draft. */
    @POST
    @Path("{id}/draft")
    public Draft draft(@PathParam("id") String id, FeedValues wanted) throws Exception {
        return ask.perform(new DraftFeed(id, wanted == null ? null : wanted.values(), wanted == null ? null : wanted.to()));
    }
}
