/** The feeds that are known, how those in use are doing, and what one brings before it is added. */
package org.intelmq.administration.feeds;
