package org.intelmq.administration;

import org.intelmq.access.Role;

/**
 * Who asks.
 *
 * @param name of the user or token
 * @param way  by which the request came, such as {@code rest}, {@code intelmqctl} or {@code jmx}, with the address where there is one
 */
public record Caller(String name, Role role, String way) { }
