/** Reads the CSV greylist of attackers seen by Turris routers. */
package org.intelmq.bots.parsers.turris;
