package org.intelmq.host;

import java.security.AccessController;
import java.security.Principal;
import javax.management.remote.JMXPrincipal;
import javax.security.auth.Subject;
import org.intelmq.access.Role;
import org.intelmq.administration.Administration;
import org.intelmq.administration.Caller;
import org.intelmq.administration.Operation;

/**
 * Asks the administration on behalf of JMX callers. They can read the password in {@code var/run/server.json}, and so may do everything.
 * Thread-safe.
 */
record JmxCalls(Administration administration) {

    /** @throws IllegalStateException with the reason if it is refused or fails, because clients do not have our classes */
    <A> A perform(Operation<A> operation) {
        try {
            return administration.perform(new Caller(name(), Role.ADMIN, "jmx"), operation);
        } catch (Exception e) {
            throw new IllegalStateException(e.getMessage());
        }
    }

    /** Deprecated for removal, but in Java 17 the only way to find out who is calling. */
    @SuppressWarnings("removal")
    private static String name() {
        Subject subject = Subject.getSubject(AccessController.getContext());
        return subject == null ? "jmx" : subject.getPrincipals(JMXPrincipal.class).stream().map(Principal::getName).findFirst().orElse("jmx");
    }
}
