/** Reads Microsoft's Cyber Threat Intelligence Program, as a JSON array from Interflow or as JSON lines from Azure. */
package org.intelmq.bots.parsers.microsoft.ctip;
