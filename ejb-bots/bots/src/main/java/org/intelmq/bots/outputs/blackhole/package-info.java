/** Drops every event, so that a pipeline can end on purpose. */
package org.intelmq.bots.outputs.blackhole;
