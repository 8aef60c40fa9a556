/** Searches the tickets of Request Tracker over its REST 1.0 interface, and collects their attachments or linked files. */
package org.intelmq.bots.collectors.rt;
