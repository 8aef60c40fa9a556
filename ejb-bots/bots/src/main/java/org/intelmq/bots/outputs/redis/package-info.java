/** Pushes events as JSON onto a Redis list. */
package org.intelmq.bots.outputs.redis;
