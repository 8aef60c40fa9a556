/** Counts similar events and passes on the one that reaches the threshold. */
package org.intelmq.bots.experts.threshold;
