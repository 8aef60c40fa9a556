package org.intelmq.administration.configuration;

/**
 * One place that two people have changed in different ways.
 *
 * @param place  as in {@link Change}
 * @param base   what both have begun with; {@code null} if it was not set
 * @param mine   what the draft makes of it; {@code null} if it takes it away
 * @param theirs what is in force now; {@code null} if it was taken away
 */
public record Conflict(String place, String bot, String parameter, String key, Object base, Object mine, Object theirs) { }
