package org.intelmq.bots.outputs.smtpbatch;

/**
 * The content of one mail.
 *
 * @param key of the list in Redis
 * @param to the address that gets it
 * @param read how many of the list's events were read, oldest first
 * @param events how many of them the mail contains; the others are too old
 * @param size bytes of the attached archive
 */
record Batch(String key, String to, String subject, long read, int events, int size) { }
