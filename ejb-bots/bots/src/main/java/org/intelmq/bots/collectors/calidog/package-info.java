/** Receives newly issued certificates over Certstream's web socket. */
package org.intelmq.bots.collectors.calidog;
