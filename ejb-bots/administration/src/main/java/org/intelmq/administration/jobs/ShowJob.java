package org.intelmq.administration.jobs;

import org.intelmq.access.Role;
import org.intelmq.administration.Query;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;

/** One job. */
public record ShowJob(String id) implements Query<JobView> {

    @Override
    public Role needs() {
        return Role.OPERATOR;
    }

    @Override
    public JobView perform(Site site) {
        return known(id, site.jobs().job(id));
    }

    static JobView known(String id, JobView job) {
        if (job == null) {
            throw new Refusal(Refusal.Kind.UNKNOWN, "unknown-job", "there is no job '" + id + "': the server forgets jobs when it restarts",
                    "GET jobs lists them.");
        }
        return job;
    }
}
