/** Adds addresses to a watchlist over the REST interface of McAfee (now Trellix) ESM. */
package org.intelmq.bots.outputs.mcafee;
