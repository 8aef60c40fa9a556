/** Drops, routes and changes events by the rules of IntelMQ's sieve language: its parser, its comparisons and its actions. */
package org.intelmq.bots.experts.sieve;
