/** Reads dataplane.org's feeds, lines of values separated by bars. */
package org.intelmq.bots.parsers.dataplane;
