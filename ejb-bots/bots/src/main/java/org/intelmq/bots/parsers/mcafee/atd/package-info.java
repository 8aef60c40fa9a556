/** Reads JSON reports of McAfee Advanced Threat Defense, one analysed sample each. */
package org.intelmq.bots.parsers.mcafee.atd;
