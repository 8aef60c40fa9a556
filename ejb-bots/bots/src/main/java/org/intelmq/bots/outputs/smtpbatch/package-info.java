/** Collects events per contact in Redis; a command-line tool sends each contact one mail, through {@code org.intelmq.mail}. */
package org.intelmq.bots.outputs.smtpbatch;
