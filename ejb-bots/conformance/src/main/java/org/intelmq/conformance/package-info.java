/** Runs what was recorded from the original IntelMQ: cases of its bots, calls of its functions, its commands. Not shipped. */
package org.intelmq.conformance;
