package org.intelmq.admin;

import jakarta.json.bind.Jsonb;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.Providers;

/**
 * Lets the first request initialise JSON-B while all others wait. In Payara 6, the class that precedes {@link JsonAnswers} ({@code
 * JaxRSJsonContextResolver}) creates and lists its resolvers at the first answer without a lock, so one of two simultaneous first answers
 * became a 500. Thread-safe.
 */
@Provider
@PreMatching
public class FirstAnswer implements ContainerRequestFilter {

    @Context
    private Providers providers;

    private volatile boolean found;

    /** For the container. */
    public FirstAnswer() { }

    FirstAnswer(Providers providers) {
        this.providers = providers;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!found) {
            find();
        }
    }

    private synchronized void find() {
        if (!found) {
            ContextResolver<Jsonb> resolver = providers.getContextResolver(Jsonb.class, MediaType.APPLICATION_JSON_TYPE);
            if (resolver != null) {
                resolver.getContext(Object.class);
            }
            found = true;
        }
    }
}
