package org.intelmq.administration.jobs;

import java.util.List;
import org.intelmq.access.Role;
import org.intelmq.administration.Query;
import org.intelmq.administration.Site;

/** Long work under way and the last hundred that is over, newest first. */
public record ListJobs() implements Query<List<JobView>> {

    @Override
    public Role needs() {
        return Role.OPERATOR;
    }

    @Override
    public List<JobView> perform(Site site) {
        return site.jobs().all();
    }
}
