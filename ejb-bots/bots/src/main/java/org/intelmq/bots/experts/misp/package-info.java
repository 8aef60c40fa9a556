/** Looks up {@code source.ip} among the attributes of a MISP instance. */
package org.intelmq.bots.experts.misp;
