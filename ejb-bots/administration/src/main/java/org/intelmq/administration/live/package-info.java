/** What changes, told to those who watch, once a second at most. */
package org.intelmq.administration.live;
