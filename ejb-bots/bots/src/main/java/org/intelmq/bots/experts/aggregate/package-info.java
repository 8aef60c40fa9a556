/** Counts similar events over a time window and sends one event in place of them. */
package org.intelmq.bots.experts.aggregate;
