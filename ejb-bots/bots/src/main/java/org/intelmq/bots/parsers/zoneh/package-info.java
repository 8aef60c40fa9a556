/** Reads Zone-H's CSV reports of defaced web sites. */
package org.intelmq.bots.parsers.zoneh;
