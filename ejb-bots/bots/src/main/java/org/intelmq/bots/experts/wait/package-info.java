/** Delays events, for a time or until a queue is short enough. */
package org.intelmq.bots.experts.wait;
