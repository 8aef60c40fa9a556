/** Servers and clients that recorded cases speak with, one class a kind: each runs while its case does, then what it saw is compared. */
package org.intelmq.conformance.outside;
