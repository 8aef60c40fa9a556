/** The known feeds, and how one is added to a pipeline. */
package org.intelmq.feeds;
