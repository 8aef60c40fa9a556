/** Lets events pass by time, or by the value of a field. Rules with several conditions belong in {@code experts.sieve}. */
package org.intelmq.bots.experts.filter;
