/** Reads abuse.ch's Feodo Tracker block list: a JSON array of command-and-control servers. */
package org.intelmq.bots.parsers.abusech.feodotracker;
