/** Fetches a host's {@code security.txt} (RFC 9116) and adds the contact that it names. */
package org.intelmq.bots.experts.securitytxt;
