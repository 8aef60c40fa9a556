/** Removes fields or drops events by reserved values: private networks, documentation domains, and AS numbers that nobody can own. */
package org.intelmq.bots.experts.rfc1918;
