package org.intelmq.admin;

import org.intelmq.administration.Refusal;

/** Checks the bodies of requests. */
final class Bodies {

    private Bodies() { }

    /** @throws Refusal {@code missing-body} */
    static <T> T required(T body) {
        if (body == null) {
            throw new Refusal(Refusal.Kind.INVALID, "missing-body", "the request has no body", "Send JSON, as the interface's description shows it.");
        }
        return body;
    }
}
