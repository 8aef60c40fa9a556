/** Asks a uWhoisd server for the whois records of domain, address or AS. */
package org.intelmq.bots.experts.uwhoisd;
