/** Receives banners from Shodan's streaming API, by country or by alert. */
package org.intelmq.bots.collectors.shodan;
