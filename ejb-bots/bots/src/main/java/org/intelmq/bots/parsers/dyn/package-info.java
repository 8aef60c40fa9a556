/** Reads the list of sites infected by Ponmocup, with an event for each end of a redirection. */
package org.intelmq.bots.parsers.dyn;
