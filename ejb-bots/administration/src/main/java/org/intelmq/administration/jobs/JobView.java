package org.intelmq.administration.jobs;

import java.time.Instant;

/**
 * Long work.
 *
 * @param what  it does, as a command line would say it
 * @param who   has asked for it
 * @param done  how much of {@code total}
 * @param state {@code waiting}, {@code running}, {@code done}, {@code cancelled} or {@code failed}
 * @param error why it has failed, or what it has left; {@code null} for nothing
 */
public record JobView(String id, String what, String who, Instant started, Instant ended, long done, long total, String state, String error) { }
