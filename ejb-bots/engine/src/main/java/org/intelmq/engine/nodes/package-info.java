/** Servers that share a broker: what they tell each other of themselves, and what they are told to do together. */
package org.intelmq.engine.nodes;
