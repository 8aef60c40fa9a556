/** Mail for all bots that send or read it: composing mails, sending each one once, opening mailboxes, and reading within limits. */
package org.intelmq.mail;
