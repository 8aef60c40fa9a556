package org.intelmq.control;

/**
 * One line of a check.
 *
 * @param level {@code info}, {@code warning} or {@code error}
 */
public record Finding(String level, String text) { }
