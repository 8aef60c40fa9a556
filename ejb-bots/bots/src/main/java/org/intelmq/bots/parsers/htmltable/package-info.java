/** Reads a table of any web page by the columns that the operator names. */
package org.intelmq.bots.parsers.htmltable;
