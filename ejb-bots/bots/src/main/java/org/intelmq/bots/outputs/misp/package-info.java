/** Adds events to a MISP instance over its REST interface, or writes them to a folder in the format of a MISP feed. */
package org.intelmq.bots.outputs.misp;
