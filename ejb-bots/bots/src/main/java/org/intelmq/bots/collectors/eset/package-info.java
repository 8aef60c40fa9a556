/** Polls the TAXII 1.1 service of ESET Threat Intelligence. TAXII 2.1 is spoken in {@code collectors.taxii}. */
package org.intelmq.bots.collectors.eset;
