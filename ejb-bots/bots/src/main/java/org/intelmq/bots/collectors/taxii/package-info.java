/** Polls a TAXII 2.1 collection. TAXII 1.1 is spoken in {@code collectors.eset}. */
package org.intelmq.bots.collectors.taxii;
