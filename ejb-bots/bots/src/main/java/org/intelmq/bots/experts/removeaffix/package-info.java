/** Removes a prefix or suffix from a field. */
package org.intelmq.bots.experts.removeaffix;
