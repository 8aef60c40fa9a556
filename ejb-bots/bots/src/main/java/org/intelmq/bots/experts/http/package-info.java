/** Requests an event's URL and notes whether it is online, by its status code or by its content. */
package org.intelmq.bots.experts.http;
