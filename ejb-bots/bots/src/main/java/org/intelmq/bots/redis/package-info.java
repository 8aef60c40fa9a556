/** What bots that write to a Redis have in common. */
package org.intelmq.bots.redis;
