package org.intelmq.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.intelmq.administration.system.ListNodes;
import org.intelmq.control.NodeState;

/** The servers that share a broker. */
@RequestScoped
@Path("nodes")
@Produces(MediaType.APPLICATION_JSON)
public class NodesResource {

    @Inject
    private Ask ask;

    /** The servers on the same broker, including this one, and what each runs; none if no other server uses the broker. */
    @GET
    public List<NodeState> list() throws Exception {
        return ask.perform(new ListNodes());
    }
}
