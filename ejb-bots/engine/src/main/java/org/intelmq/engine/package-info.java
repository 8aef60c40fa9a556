/** Runs a pipeline: deliveries go through bots, results are routed and sent, failures are tried again or dumped. */
package org.intelmq.engine;
