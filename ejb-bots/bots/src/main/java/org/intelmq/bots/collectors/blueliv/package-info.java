/** Polls version 1 of the Blueliv API for crime servers. */
package org.intelmq.bots.collectors.blueliv;
