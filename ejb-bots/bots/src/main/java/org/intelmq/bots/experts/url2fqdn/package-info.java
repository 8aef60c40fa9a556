/** Copies the host of a URL into its own field. {@code experts.url} does this and more. */
package org.intelmq.bots.experts.url2fqdn;
