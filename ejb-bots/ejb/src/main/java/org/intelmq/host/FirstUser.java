package org.intelmq.host;

import java.io.UncheckedIOException;
import java.util.logging.Logger;
import org.intelmq.access.People;

/** Passes the one-time link for creating the first user to the launcher, which prints it on the operator's terminal. */
final class FirstUser {

    private static final Logger LOG = Logger.getLogger(FirstUser.class.getName());
    /** A launcher that can print sets this to {@link #WANTED}; what it then finds there is for it alone. */
    private static final String PROPERTY = "intelmq.welcome";
    private static final String WANTED = "wanted";

    private FirstUser() { }

    static void welcome(People people) {
        try {
            if (WANTED.equals(System.clearProperty(PROPERTY)) && !people.any()) {
                System.setProperty(PROPERTY, people.welcome().make());
            }
        } catch (UncheckedIOException e) {
            LOG.warning(e.getMessage());
        }
    }
}
