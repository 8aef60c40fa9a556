/** Looks up abuse contacts and locations in the RIPE database and in RIPEstat, over HTTP. */
package org.intelmq.bots.experts.ripe;
