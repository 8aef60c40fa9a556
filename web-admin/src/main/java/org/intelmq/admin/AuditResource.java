package org.intelmq.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.intelmq.administration.Page;
import org.intelmq.administration.audit.ReadAudit;

/** Who changed what, or tried to. */
@RequestScoped
@Path("audit")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

    @Inject
    private Ask ask;

    @GET
    public Page<ReadAudit.Entry> list(@QueryParam("who") String who, @QueryParam("what") String what, @QueryParam("limit") @DefaultValue("100") int limit,
                                      @QueryParam("cursor") String cursor) throws Exception {
        Limits.require("limit", limit, 1, Limits.MESSAGES);
        return ask.perform(new ReadAudit(who, what, limit, cursor));
    }
}
