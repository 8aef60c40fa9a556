/** Bots: their states and figures, and starting, stopping and reloading them. */
package org.intelmq.administration.bots;
