/** Encrypted connections: who is trusted, and how we prove ourselves, from files in PEM form. */
package org.intelmq.tls;
