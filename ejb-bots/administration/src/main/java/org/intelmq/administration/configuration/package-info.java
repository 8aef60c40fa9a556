/** {@code runtime.yaml} while the server runs: read, drafted, checked, planned, applied. */
package org.intelmq.administration.configuration;
