/** Looks up the IPv4 address of a host name in the DNS. */
package org.intelmq.bots.experts.gethostbyname;
