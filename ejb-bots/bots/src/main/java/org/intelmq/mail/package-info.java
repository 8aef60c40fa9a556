/** Mail for all bots that send or read it: composing, sending each mail once, mailboxes, reading within bounds. */
package org.intelmq.mail;
