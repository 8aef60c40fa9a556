package org.intelmq.administration;

import org.intelmq.access.Role;

/** Reads, and changes nothing. */
public non-sealed interface Query<A> extends Operation<A> {

    @Override
    default Role needs() {
        return Role.VIEWER;
    }
}
