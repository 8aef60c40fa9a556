/** Addresses, networks, host names and URLs. */
package org.intelmq.text.net;
