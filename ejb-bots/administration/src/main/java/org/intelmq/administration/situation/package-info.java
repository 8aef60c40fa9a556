/** An overview on one page, for a display on a wall. */
package org.intelmq.administration.situation;
