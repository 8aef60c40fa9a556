/** Finds the responsible team in Trusted Introducer's JSON directory. */
package org.intelmq.bots.experts.trustedintroducer;
