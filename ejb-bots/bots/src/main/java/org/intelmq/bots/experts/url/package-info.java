/** Splits URLs into host, address, port, path, account and protocols. */
package org.intelmq.bots.experts.url;
