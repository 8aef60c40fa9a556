package org.intelmq.administration.configuration;

import java.util.concurrent.Callable;
import org.intelmq.administration.history.Revision;

/** What the servers on one broker have agreed on: which configuration is in force on all of them. */
public interface Agreement {

    /**
     * Alone among all these servers, after what the others have changed has been put in force here.
     *
     * @throws org.intelmq.administration.Refusal if that cannot be known now, or another server is just changing something
     */
    <T> T alone(Callable<T> work) throws Exception;

    /**
     * Within {@link #alone}: what has been put in force here is to be in force everywhere.
     *
     * @param proposed with the number that the revision would have here
     * @return the revision as all servers know it
     * @throws org.intelmq.administration.Refusal if the others will not know it; it must be undone then
     */
    Revision agree(Revision proposed, String content, Effect effect);

    /** What others do about a change besides writing the file. */
    enum Effect {
        /** Nothing, until somebody starts or reloads bots. */
        FILE,
        /** They start, reload and stop the bots that it concerns. */
        BOTS
    }
}
