/** Mails every event with its fields attached as CSV, in texts written as Python format strings. {@code org.intelmq.mail} sends the mails. */
package org.intelmq.bots.outputs.smtp;
