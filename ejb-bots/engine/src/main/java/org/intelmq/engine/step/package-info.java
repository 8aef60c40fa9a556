/** Second stage of a delivery: a bot works, and its results are returned. */
package org.intelmq.engine.step;
