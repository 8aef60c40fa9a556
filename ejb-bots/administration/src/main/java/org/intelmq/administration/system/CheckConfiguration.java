package org.intelmq.administration.system;

import java.util.List;
import org.intelmq.administration.Query;
import org.intelmq.administration.Site;
import org.intelmq.pipeline.Problem;

/** What is wrong with the configuration as it is now and with what runs of it, the worst first. */
public record CheckConfiguration() implements Query<List<Problem>> {

    @Override
    public List<Problem> perform(Site site) {
        return site.control().problems();
    }
}
