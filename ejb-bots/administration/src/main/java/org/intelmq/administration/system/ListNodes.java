package org.intelmq.administration.system;

import java.util.List;
import org.intelmq.administration.Query;
import org.intelmq.administration.Site;
import org.intelmq.control.NodeState;

/** The servers that share the broker, by name; none if it is this server's alone. */
public record ListNodes() implements Query<List<NodeState>> {

    @Override
    public List<NodeState> perform(Site site) {
        return site.control().nodes();
    }
}
