/** Sends events over TCP, length-prefixed with acknowledgements as IntelMQ's TCP collector expects them, or separated by a text. */
package org.intelmq.bots.outputs.tcp;
