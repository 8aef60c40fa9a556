/** Strips, replaces or splits the text of fields. */
package org.intelmq.bots.experts.formatfield;
