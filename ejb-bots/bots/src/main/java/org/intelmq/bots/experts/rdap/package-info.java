/** Looks up a domain's abuse contact at its registry over RDAP. */
package org.intelmq.bots.experts.rdap;
