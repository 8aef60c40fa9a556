package org.intelmq.administration.history;

import java.time.Instant;

/**
 * One state of one configuration file.
 *
 * @param revision counts up from 1
 * @param who      {@code null} if it was changed by hand, so that nobody knows
 * @param file     relative to the installation's root, such as {@code etc/runtime.yaml}
 * @param version  of the content, secrets and all
 * @param changes  how many places differ from the revision before; lines for files that are not {@code runtime.yaml}
 */
public record Revision(long revision, Instant time, String who, String way, String reason, String file, String version, int changes) { }
