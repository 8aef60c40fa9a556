package org.intelmq.bots.outputs.smtpbatch;

/**
 * What one mail is made of.
 *
 * @param key    of the list in the Redis
 * @param to     the address that gets it
 * @param read   how many of the list's events were looked at, the oldest first
 * @param events how many of them the mail holds; the others are too old
 * @param size   bytes of the attached archive
 */
record Batch(String key, String to, String subject, long read, int events, int size) { }
