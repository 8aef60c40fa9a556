/** Removes the fields listed, or all others. */
package org.intelmq.bots.experts.fieldreducer;
