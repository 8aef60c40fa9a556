/** The server itself: its versions, its disk, memory and broker. */
package org.intelmq.administration.system;
