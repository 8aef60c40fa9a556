/** Appends events to a file as JSON, one per line. {@code org.intelmq.eventfile} opens files and reopens rotated ones. */
package org.intelmq.bots.outputs.file;
