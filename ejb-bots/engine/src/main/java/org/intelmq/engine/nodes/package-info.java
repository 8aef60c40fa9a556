/** Servers that share a broker: how they announce themselves, and how they pass on what operators do to bots. */
package org.intelmq.engine.nodes;
