/** Finds the AS and network of an address in a local routing table in pyasn's format, and updates that table from RouteViews. */
package org.intelmq.bots.experts.asnlookup;
