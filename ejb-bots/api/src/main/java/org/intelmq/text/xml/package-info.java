/** XML that comes from outside, read without document types and within bounds. */
package org.intelmq.text.xml;
