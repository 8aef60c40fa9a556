/** Marks addresses that are Tor exit nodes in a local list, and updates that list. */
package org.intelmq.bots.experts.tornodes;
