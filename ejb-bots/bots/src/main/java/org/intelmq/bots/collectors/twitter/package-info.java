/**
 * A placeholder for IntelMQ's former Twitter collector. The interface was switched off in 2023, so the bot only explains why it cannot
 * run.
 */
package org.intelmq.bots.collectors.twitter;
