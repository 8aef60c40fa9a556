/** Reads the reports of Team Cymru's CSIRT Assistance Program, values separated by bars, in the old and the new format. */
package org.intelmq.bots.parsers.cymru.cap;
