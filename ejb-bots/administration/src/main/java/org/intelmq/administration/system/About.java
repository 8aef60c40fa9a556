package org.intelmq.administration.system;

import java.util.List;

/**
 * What the application is.
 *
 * @param version   of this application
 * @param intelmq   the version of IntelMQ whose behaviour it has
 * @param licence   its SPDX identifier
 * @param libraries that it is made of, by name; empty if the distribution does not list them
 */
public record About(String version, String intelmq, String licence, List<Library> libraries) {

    /** @param licence {@code null} if the list does not say */
    public record Library(String name, String version, String licence) { }
}
