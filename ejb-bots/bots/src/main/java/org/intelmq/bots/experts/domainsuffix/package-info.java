/** Finds the public suffix of a host name in a local copy of the Public Suffix List, and updates that copy. */
package org.intelmq.bots.experts.domainsuffix;
