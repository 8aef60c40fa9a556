package org.intelmq.engine.stream;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What has to be closed to stop a stream, even while it waits on it, or when its run has ended. Thread-safe. */
public final class OpenResources {

    private final Logger log;
    private final Set<AutoCloseable> resources = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean closed;

    OpenResources(Logger log) {
        this.log = log;
    }

    <C extends AutoCloseable> C add(C resource) {
        synchronized (this) {
            if (!closed) {
                resources.add(resource);
                return resource;
            }
        }
        close(resource);
        return resource;
    }

    /** From now on, anything added is closed immediately. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        closeAll();
    }

    /** Does not hold the lock, because closing may wait for a thread that is adding something. */
    void closeAll() {
        List<AutoCloseable> all;
        synchronized (this) {
            all = new ArrayList<>(resources);
            resources.clear();
        }
        all.forEach(this::close);
    }

    private void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            log.log(Level.FINE, "The stream's connections did not close properly.", e);
        }
    }
}
