/**
 * Appends events to a file as JSON, one per line. Opening files, and reopening rotated ones, is the work of {@code
 * org.intelmq.eventfile}.
 */
package org.intelmq.bots.outputs.file;
