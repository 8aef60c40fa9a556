/** Writes fields of an event as a CSV row into the field {@code output}. */
package org.intelmq.bots.experts.csvconverter;
