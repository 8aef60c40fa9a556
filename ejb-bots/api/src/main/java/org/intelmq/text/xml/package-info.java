/** Reads XML from outside without document types, and within limits. */
package org.intelmq.text.xml;
