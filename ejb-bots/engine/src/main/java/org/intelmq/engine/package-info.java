/** Runs a pipeline: the engine as a whole, and its administration. */
package org.intelmq.engine;
