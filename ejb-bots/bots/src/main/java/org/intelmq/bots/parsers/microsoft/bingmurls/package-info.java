/** Reads Microsoft's feed of malicious URLs found by Bing: Interflow indicators in JSON. */
package org.intelmq.bots.parsers.microsoft.bingmurls;
