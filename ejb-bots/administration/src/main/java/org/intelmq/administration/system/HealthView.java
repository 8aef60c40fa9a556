package org.intelmq.administration.system;

import java.util.List;

/**
 * Whether all is well.
 *
 * @param status  {@code UP}, or {@code DEGRADED} with bots missing
 * @param missing bots that should run but do not
 */
public record HealthView(String status, List<String> missing) { }
