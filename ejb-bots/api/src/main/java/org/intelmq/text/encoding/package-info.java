/** Bytes as text, and text as bytes: character sets and Base64. */
package org.intelmq.text.encoding;
