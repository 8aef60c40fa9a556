package org.intelmq.admin;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;

/** Refuses access to a resource to anybody who was not let in at the gate, unless it is {@link Open}; roles are checked by operations. */
@Provider
public class LoginFilter implements ContainerRequestFilter {

    @Context
    private ResourceInfo resource;

    @Inject
    private Ask ask;

    @Override
    public void filter(ContainerRequestContext context) {
        if (resource.getResourceMethod() != null && resource.getResourceMethod().isAnnotationPresent(Open.class)) {
            return;
        }
        ask.caller();
    }
}
