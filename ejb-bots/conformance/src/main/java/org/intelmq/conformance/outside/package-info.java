/** Servers and clients that recorded cases talk to, one class for each kind. Each runs as long as its case; then what it saw is compared. */
package org.intelmq.conformance.outside;
