/** Looks up the names of addresses in the DNS, many at a time. */
package org.intelmq.bots.experts.reversedns;
