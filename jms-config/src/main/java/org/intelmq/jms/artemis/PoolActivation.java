package org.intelmq.jms.artemis;

import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapter;

/** Activation configuration of a message-driven bean: the name of its pool. Its queues come and go at run time. */
public class PoolActivation implements ActivationSpec {

    private ResourceAdapter resourceAdapter;
    private String pool;

    public String getPool() {
        return pool;
    }

    public void setPool(String pool) {
        this.pool = pool;
    }

    @Override
    public void validate() throws InvalidPropertyException {
        if (pool == null || pool.isBlank()) {
            throw new InvalidPropertyException("activation property \"pool\" is missing: which kind of bot the message-driven bean takes");
        }
    }

    @Override
    public ResourceAdapter getResourceAdapter() {
        return resourceAdapter;
    }

    @Override
    public void setResourceAdapter(ResourceAdapter resourceAdapter) {
        this.resourceAdapter = resourceAdapter;
    }
}
