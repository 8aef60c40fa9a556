/** Reads OpenIOC 1.1 files of a FireEye appliance. {@code collectors.fireeye} fetches them. */
package org.intelmq.bots.parsers.fireeye;
