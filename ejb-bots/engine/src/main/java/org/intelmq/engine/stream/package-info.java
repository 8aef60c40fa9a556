/** Collectors to which sources push data: their threads, what they pass on, and how they reconnect to a source that went away. */
package org.intelmq.engine.stream;
