/** Appends indicators to a tab-separated intelligence file of Zeek (formerly Bro). */
package org.intelmq.bots.outputs.brofile;
