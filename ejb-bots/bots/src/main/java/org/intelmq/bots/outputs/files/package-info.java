/** Writes every event to a file of its own, in the manner of a Maildir. One file for many events is {@code outputs.file}. */
package org.intelmq.bots.outputs.files;
