/** Reads log lines of keys and values, as firewalls write them. */
package org.intelmq.bots.parsers.keyvalue;
