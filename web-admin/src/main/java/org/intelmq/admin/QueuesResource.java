package org.intelmq.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.intelmq.administration.Page;
import org.intelmq.administration.queues.ClearQueue;
import org.intelmq.administration.queues.ListQueues;
import org.intelmq.administration.queues.MoveQueue;
import org.intelmq.administration.queues.Moved;
import org.intelmq.administration.queues.PeekQueue;
import org.intelmq.administration.queues.PurgeQueue;
import org.intelmq.administration.queues.QueueView;
import org.intelmq.administration.queues.RetryQueue;
import org.intelmq.administration.queues.SendMessages;
import org.intelmq.administration.queues.ShowQueue;
import org.intelmq.administration.queues.TakeMessage;
import org.intelmq.administration.queues.WaitingMessage;
import org.intelmq.message.Json;

/** The queues of the broker and what waits in them. */
@RequestScoped
@Path("queues")
@Produces(MediaType.APPLICATION_JSON)
public class QueuesResource {

    @Inject
    private Ask ask;

    @GET
    public List<QueueView> list() throws Exception {
        return ask.perform(new ListQueues());
    }

    @GET
    @Path("{queue}")
    public QueueView show(@PathParam("queue") String queue) throws Exception {
        return ask.perform(new ShowQueue(queue));
    }

    /** Messages that wait, oldest first, left in the queue. */
    @GET
    @Path("{queue}/messages")
    public Page<WaitingMessage> messages(@PathParam("queue") String queue, @QueryParam("limit") @DefaultValue("10") int limit,
                                         @QueryParam("cursor") String cursor, @QueryParam("full") String full) throws Exception {
        return ask.perform(new PeekQueue(queue, limit, cursor, full != null && !full.equals("false")));
    }

    /** @param to the queue that takes what waits */
    public record Move(String to) { }

    @POST
    @Path("{queue}/move")
    @Consumes(MediaType.APPLICATION_JSON)
    public Moved move(@PathParam("queue") String queue, Move move) throws Exception {
        return ask.perform(new MoveQueue(queue, move == null ? null : move.to()));
    }

    /** @param dump kept by an earlier purge; {@code null} for what waits for its next attempt */
    public record Retry(String dump) { }

    /** Makes messages that wait for their next attempt available now, or puts back what was purged. */
    @POST
    @Path("{queue}/retry")
    @Consumes(MediaType.APPLICATION_JSON)
    public Moved retry(@PathParam("queue") String queue, Retry retry) throws Exception {
        return ask.perform(new RetryQueue(queue, retry == null ? null : retry.dump()));
    }

    /** @param confirm the queue's name again */
    public record Purge(String confirm) { }

    @POST
    @Path("{queue}/purge")
    @Consumes(MediaType.APPLICATION_JSON)
    public Moved purge(@PathParam("queue") String queue, Purge purge) throws Exception {
        return ask.perform(new PurgeQueue(queue, purge == null ? null : purge.confirm()));
    }

    @POST
    @Path("{queue}/messages")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.WILDCARD)
    public void send(@PathParam("queue") String queue, String message) throws Exception {
        ask.perform(new SendMessages(queue, null, List.of(message)));
    }

    /** Sends a list of serialised messages: once, however often it is requested with the same id, for as long as the queue remembers that id. */
    @PUT
    @Path("{queue}/messages/{id}")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.WILDCARD)
    public void sendOnce(@PathParam("queue") String queue, @PathParam("id") String id, String messages) throws Exception {
        List<String> given = Json.parseOrNull(messages) instanceof List<?> list && list.stream().allMatch(String.class::isInstance)
                ? list.stream().map(String.class::cast).toList() : null;
        ask.perform(new SendMessages(queue, id, given));
    }

    /** Empties the queue and answers with the number of events in it. */
    @DELETE
    @Path("{queue}/messages")
    public long clear(@PathParam("queue") String queue) throws Exception {
        return ask.perform(new ClearQueue(queue));
    }

    /** Takes out the oldest message; {@code null} if there is none. */
    @POST
    @Path("{queue}/pop")
    @Consumes(MediaType.WILDCARD)
    public String pop(@PathParam("queue") String queue) throws Exception {
        ask.perform(new ShowQueue(queue));
        return Json.write(ask.perform(new TakeMessage(queue)));
    }
}
