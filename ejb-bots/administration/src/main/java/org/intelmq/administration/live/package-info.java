/** Sends changes to those who watch, at most once a second. */
package org.intelmq.administration.live;
