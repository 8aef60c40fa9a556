package org.intelmq.manager;

import java.util.List;
import java.util.function.Function;
import org.intelmq.access.Role;
import org.intelmq.administration.Caller;

/**
 * One thing that can be asked for.
 *
 * @param path       from {@code /v1} on
 * @param needs      the role for these arguments; {@code null} if no login is needed
 * @param parameters of the query, in the order in which problems with them are reported
 */
record Endpoint(String method, String path, Function<Arguments, Role> needs, List<Parameter> parameters, Work work) {

    /** Answers a request whose parameters are as they should be; the caller is {@code null} where no login is needed. */
    @FunctionalInterface
    interface Work {
        Answer of(Arguments arguments, Request request, Caller caller) throws Exception;
    }
}
