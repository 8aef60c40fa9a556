/** Collects attachments, texts and linked files from IMAP mailboxes. {@code org.intelmq.mail} logs in and reads the mails. */
package org.intelmq.bots.collectors.mail;
