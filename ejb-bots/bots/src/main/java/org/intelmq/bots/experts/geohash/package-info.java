/** Computes geohashes from the coordinates that an event already has. */
package org.intelmq.bots.experts.geohash;
