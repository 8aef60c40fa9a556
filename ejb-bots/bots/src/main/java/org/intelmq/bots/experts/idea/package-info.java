/** Writes an event as an IDEA document, Cesnet's JSON format for incidents, into the field {@code output}. */
package org.intelmq.bots.experts.idea;
