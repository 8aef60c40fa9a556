package org.intelmq.administration.system;

import java.util.List;
import org.intelmq.administration.Query;
import org.intelmq.administration.Site;

/** Whether all bots run that should. */
public record ShowHealth() implements Query<HealthView> {

    @Override
    public HealthView perform(Site site) {
        List<String> missing = site.control().missing();
        return new HealthView(missing.isEmpty() ? "UP" : "DEGRADED", missing);
    }
}
