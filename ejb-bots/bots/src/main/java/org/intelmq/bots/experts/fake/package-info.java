/** Adds random addresses and values to events, for tests and demonstrations. */
package org.intelmq.bots.experts.fake;
