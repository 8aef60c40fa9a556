/** Fetches OpenIOC indicators from the Web Services API of a FireEye appliance. */
package org.intelmq.bots.collectors.fireeye;
