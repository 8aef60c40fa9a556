/** The figures of bots over the last day. */
package org.intelmq.administration.statistics;
