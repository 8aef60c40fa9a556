package org.intelmq.jms.artemis;

import java.util.List;

/** The queues as such, of the embedded or of an external broker. */
interface QueueStore {

    void ensure(String name);

    long length(String name);

    long clear(String name);

    List<String> names();

    /** See {@link org.intelmq.jms.Broker#damage}. */
    List<String> damage();
}
