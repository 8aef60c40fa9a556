/** Looks up the AS, network, country and registry of an address at Team Cymru, over DNS. */
package org.intelmq.bots.experts.cymruwhois;
