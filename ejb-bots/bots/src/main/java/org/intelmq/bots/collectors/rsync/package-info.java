/** Fetches files by running the system's {@code rsync}. Other ways to fetch a file do not belong here. */
package org.intelmq.bots.collectors.rsync;
