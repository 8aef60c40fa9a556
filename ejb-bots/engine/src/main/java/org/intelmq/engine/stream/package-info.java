/** Bots that are told things: their thread, what they give to be taken, and their way back to a source that went away. */
package org.intelmq.engine.stream;
