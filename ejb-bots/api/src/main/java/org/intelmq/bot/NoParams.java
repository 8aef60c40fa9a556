package org.intelmq.bot;

/** For bots without parameters of their own. */
public record NoParams() { }
