/** Files of events, as several outputs write them. */
package org.intelmq.eventfile;
