/** Finds the country, city and coordinates of an address in a local MaxMind database, and updates that database. */
package org.intelmq.bots.experts.maxmindgeoip;
