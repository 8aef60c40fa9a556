/**
 * Text as Python reads and writes it, by topic: csv, encoding, html, json, net, pattern, python, time and xml have packages of their own; this
 * one holds white space, letter case and order, which several of them need. IntelMQ's users rely on these readings, so each class says where
 * Java's own would differ. Knows nothing of messages.
 */
package org.intelmq.text;
