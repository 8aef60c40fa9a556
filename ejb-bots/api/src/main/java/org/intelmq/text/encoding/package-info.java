/** Conversion between bytes and text: character sets and Base64. */
package org.intelmq.text.encoding;
