/**
 * Mails every event with its fields attached as CSV, in texts written as Python format strings. Sending is the work of {@code
 * org.intelmq.mail}.
 */
package org.intelmq.bots.outputs.smtp;
