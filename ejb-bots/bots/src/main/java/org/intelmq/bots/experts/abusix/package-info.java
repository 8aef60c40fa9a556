/** Looks up abuse contacts in Abusix's contact database over DNS. */
package org.intelmq.bots.experts.abusix;
