/** Reads sessions at CZ.NIC's SSH honeypots (Honeypot as a Service): a JSON array. */
package org.intelmq.bots.parsers.cznic.haas;
