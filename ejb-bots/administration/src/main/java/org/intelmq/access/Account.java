package org.intelmq.access;

/** Somebody who may use the server. */
public record Account(String name, Role role) { }
