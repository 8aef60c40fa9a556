/** Reads CSIRT.CZ's PROKI: JSON objects that use IntelMQ's own field names. */
package org.intelmq.bots.parsers.cznic.proki;
