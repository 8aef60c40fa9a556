package org.intelmq.administration.system;

import java.util.List;
import org.intelmq.administration.Query;
import org.intelmq.administration.Site;
import org.intelmq.engine.check.ConfigurationCheck;
import org.intelmq.pipeline.Problem;

/** What is wrong with the configuration as it is now and with what runs of it, the worst first. */
public record CheckConfiguration() implements Query<List<Problem>> {

    @Override
    public List<Problem> perform(Site site) {
        return site.control().problems();
    }

    /** What is wrong with the configuration as it is now, by the steps of {@code intelmqctl check}, and not with what runs of it. */
    public record Steps() implements Query<ConfigurationCheck.Result> {

        @Override
        public ConfigurationCheck.Result perform(Site site) {
            return site.check().get();
        }
    }
}
