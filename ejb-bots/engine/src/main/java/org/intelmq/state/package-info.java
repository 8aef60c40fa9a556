/** The states of bots, committed together with their results. */
package org.intelmq.state;
