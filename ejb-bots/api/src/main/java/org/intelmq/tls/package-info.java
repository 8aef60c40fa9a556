/** Encrypted connections: whom we trust and how we authenticate, from files in PEM format. */
package org.intelmq.tls;
