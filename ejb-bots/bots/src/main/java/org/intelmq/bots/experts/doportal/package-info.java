/** Looks up abuse contacts over the REST interface of a do-portal. */
package org.intelmq.bots.experts.doportal;
