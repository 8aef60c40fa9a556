package org.intelmq.administration.system;

import java.util.List;

/**
 * Whether all is well.
 *
 * @param status        {@code UP}, or {@code DEGRADED} with bots missing or a broken configuration
 * @param missing       bots that should run but do not
 * @param configuration why {@code runtime.yaml} cannot be read, so that the bots go on with what was loaded; {@code null} if it can
 */
public record HealthView(String status, List<String> missing, String configuration) { }
