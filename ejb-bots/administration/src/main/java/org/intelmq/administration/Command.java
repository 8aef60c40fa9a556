package org.intelmq.administration;

/** Changes something; it goes into the audit log, done or refused. */
public non-sealed interface Command<A> extends Operation<A> {

    /** What was asked, for the audit log, in the words of a command line and without secrets: {@code stop misp-output}. */
    String summary();
}
