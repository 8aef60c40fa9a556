package org.intelmq.administration.jobs;

import org.intelmq.access.Role;
import org.intelmq.administration.Command;
import org.intelmq.administration.Site;

/** Ends a job as soon as it can be without harm; what is done stays done. */
public record CancelJob(String id) implements Command<JobView> {

    @Override
    public Role needs() {
        return Role.OPERATOR;
    }

    @Override
    public String summary() {
        return "cancel job " + id;
    }

    @Override
    public JobView perform(Site site) {
        return ShowJob.known(id, site.jobs().cancel(id));
    }
}
