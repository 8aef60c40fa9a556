package org.intelmq.administration.system;

import java.util.List;
import org.intelmq.administration.Query;
import org.intelmq.administration.Site;

/** Whether all bots run that should, with what the file says. */
public record ShowHealth() implements Query<HealthView> {

    @Override
    public HealthView perform(Site site) {
        List<String> missing = site.control().missing();
        String mistake = site.running().configuration().mistake();
        return new HealthView(missing.isEmpty() && mistake == null ? "UP" : "DEGRADED", missing, mistake);
    }
}
