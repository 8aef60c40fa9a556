/**
 * Collects events per contact in Redis; a tool on the command line sends each contact one mail. Sending is the work of {@code
 * org.intelmq.mail}.
 */
package org.intelmq.bots.outputs.smtpbatch;
