/** An engine on queues in memory, for replays and tests. */
package org.intelmq.engine.memory;
