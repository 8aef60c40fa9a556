/** Second stage of a delivery: a bot works, and what it leaves is returned. */
package org.intelmq.engine.step;
