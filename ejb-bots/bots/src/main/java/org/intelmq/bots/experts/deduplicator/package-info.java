/** Drops events that were seen before. The bot remembers hashes, never events. */
package org.intelmq.bots.experts.deduplicator;
