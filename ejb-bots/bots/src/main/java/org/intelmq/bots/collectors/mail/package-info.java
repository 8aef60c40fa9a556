/**
 * Collects attachments, texts and linked files from IMAP mailboxes. Logging in and reading mails is the work of {@code
 * org.intelmq.mail}.
 */
package org.intelmq.bots.collectors.mail;
