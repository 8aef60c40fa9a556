package org.intelmq.admin;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.util.Locale;
import org.intelmq.access.Pass;
import org.intelmq.administration.Refusal;

/** Lets nobody into a resource who has not been let in at the gate, unless it is {@link Open}, or has too low a role for it. */
@Provider
public class RoleFilter implements ContainerRequestFilter {

    @Context
    private ResourceInfo resource;

    @Inject
    private HttpServletRequest request;

    @Inject
    private Ask ask;

    @Override
    public void filter(ContainerRequestContext context) {
        if (resource.getResourceMethod() != null && resource.getResourceMethod().isAnnotationPresent(Open.class)) {
            return;
        }
        ask.caller();
        Needs needs = resource.getResourceMethod() == null ? null : resource.getResourceMethod().getAnnotation(Needs.class);
        Pass pass = (Pass) request.getAttribute(AccessFilter.PASS);
        if (needs != null && !pass.role().includes(needs.value())) {
            throw new Refusal(Refusal.Kind.FORBIDDEN, "role-too-low", "'" + pass.name() + "' has the role " + pass.role().word() + "; "
                    + context.getMethod().toUpperCase(Locale.ROOT) + " /" + context.getUriInfo().getPath() + " needs the role " + needs.value().word(),
                    "Ask an administrator for the role " + needs.value().word() + ".");
        }
    }
}
