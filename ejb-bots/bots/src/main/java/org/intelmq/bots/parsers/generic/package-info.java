/** Reads any CSV by the columns that the operator names. A feed with rules of its own deserves a parser of its own. */
package org.intelmq.bots.parsers.generic;
