/** Searches a MISP instance for events with a given tag, and replaces the tag once they are collected. */
package org.intelmq.bots.collectors.misp;
