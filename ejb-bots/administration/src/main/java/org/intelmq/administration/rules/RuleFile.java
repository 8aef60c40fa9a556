package org.intelmq.administration.rules;

import java.util.List;

/**
 * A file that bots work by.
 *
 * @param file    relative to the installation's root
 * @param kind    {@code sieve} and {@code modify} can be checked and tried out; others, such as {@code list}, are only kept
 * @param bots    that name it
 * @param version of its content; {@code null} if it does not exist yet
 */
public record RuleFile(String file, String kind, List<String> bots, String version) { }
