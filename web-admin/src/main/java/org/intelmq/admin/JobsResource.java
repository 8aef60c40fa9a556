package org.intelmq.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.intelmq.administration.jobs.CancelJob;
import org.intelmq.administration.jobs.JobView;
import org.intelmq.administration.jobs.ListJobs;
import org.intelmq.administration.jobs.ShowJob;

/** Long-running work, which reports its progress and can be cancelled. */
@RequestScoped
@Path("jobs")
@Produces(MediaType.APPLICATION_JSON)
public class JobsResource {

    @Inject
    private Ask ask;

    @GET
    public List<JobView> list() throws Exception {
        return ask.perform(new ListJobs());
    }

    @GET
    @Path("{id}")
    public JobView show(@PathParam("id") String id) throws Exception {
        return ask.perform(new ShowJob(id));
    }

    /** Ends the job as soon as it can end without harm; what is done stays done. */
    @DELETE
    @Path("{id}")
    public JobView cancel(@PathParam("id") String id) throws Exception {
        return ask.perform(new CancelJob(id));
    }
}
