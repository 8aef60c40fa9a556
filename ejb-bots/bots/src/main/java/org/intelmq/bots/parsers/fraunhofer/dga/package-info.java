/** Reads Fraunhofer's DGArchive: a JSON object of lists by malware. */
package org.intelmq.bots.parsers.fraunhofer.dga;
