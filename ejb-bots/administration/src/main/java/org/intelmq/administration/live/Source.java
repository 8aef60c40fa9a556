package org.intelmq.administration.live;

import java.util.List;
import java.util.Map;

/** Where the news of a topic comes from, while somebody wants it. Used by one thread at a time. */
interface Source extends AutoCloseable {

    /** What is new since this was last asked, an event each. */
    List<Map<String, Object>> news();

    @Override
    default void close() { }
}
