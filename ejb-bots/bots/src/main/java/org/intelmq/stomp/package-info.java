/** STOMP, the protocol of text messages: connection, frames, and the parameters that collector and output share. */
package org.intelmq.stomp;
