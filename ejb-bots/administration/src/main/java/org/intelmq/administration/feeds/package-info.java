/** The known feeds, the state of those in use, and a sample of one before it is added. */
package org.intelmq.administration.feeds;
