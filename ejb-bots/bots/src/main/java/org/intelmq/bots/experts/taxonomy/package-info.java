/** Derives the classification's taxonomy from its type. Parsers set the type only. */
package org.intelmq.bots.experts.taxonomy;
