package org.intelmq.administration;

import org.intelmq.access.Role;

/**
 * Something that can be asked of a server: a record whose components are the arguments. What is wrong with them is a
 * {@link Refusal}.
 *
 * @param <A> the answer
 */
public sealed interface Operation<A> permits Query, Command {

    /** The lowest role that may ask. */
    Role needs();

    /** @throws Refusal if it cannot be done, with what to do instead; nothing has changed then */
    A perform(Site site) throws Exception;
}
