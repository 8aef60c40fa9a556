/** Feeds that are known, and how one is put into a pipeline. */
package org.intelmq.feeds;
