package org.intelmq.admin;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
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
import java.util.Map;
import org.intelmq.access.Role;
import org.intelmq.host.BotHost;
import org.intelmq.message.Json;

/** The queues of the broker and what waits in them. */
@RequestScoped
@Path("queues")
@Produces(MediaType.APPLICATION_JSON)
public class QueuesResource {

    @EJB
    private BotHost host;

    /** Events waiting, by queue. */
    @GET
    public Map<String, Long> lengths() {
        return host.control().queues();
    }

    /** The oldest messages in serialised form, left in the queue. */
    @GET
    @Path("{queue}/messages")
    @Needs(Role.OPERATOR)
    public List<String> messages(@PathParam("queue") String queue, @QueryParam("limit") @DefaultValue("10") int limit) {
        Limits.require("limit", limit, 1, Limits.MESSAGES);
        return host.control().peek(queue, limit);
    }

    @POST
    @Path("{queue}/messages")
    @Needs(Role.OPERATOR)
    @Consumes(MediaType.WILDCARD)
    public void send(@PathParam("queue") String queue, String message) {
        host.control().send(queue, message);
    }

    /** Sends a list of serialised messages, once however often it is asked with the same id, as long as the queue remembers it. */
    @PUT
    @Path("{queue}/messages/{id}")
    @Needs(Role.OPERATOR)
    @Consumes(MediaType.WILDCARD)
    public void send(@PathParam("queue") String queue, @PathParam("id") String id, String messages) {
        if (!id.matches("[-\\w]{1,100}")) {
            throw new IllegalArgumentException("id cannot be \"" + id + "\": expected up to 100 letters, digits and hyphens");
        }
        if (!(Json.parse(messages) instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
            throw new IllegalArgumentException("the body cannot be taken: expected a JSON list of serialised messages, each a string");
        }
        host.control().send(queue, id, list.stream().map(String.class::cast).toList());
    }

    /** Empties the queue and answers how many events it held. */
    @DELETE
    @Path("{queue}/messages")
    @Needs(Role.OPERATOR)
    public long clear(@PathParam("queue") String queue) {
        return host.control().clear(queue);
    }

    /** Takes the oldest message out; {@code null} if there is none. */
    @POST
    @Path("{queue}/pop")
    @Needs(Role.OPERATOR)
    @Consumes(MediaType.WILDCARD)
    public String pop(@PathParam("queue") String queue) {
        return Json.write(host.control().pop(queue));
    }
}
