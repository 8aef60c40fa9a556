/** Shortens a field to a maximum length by dropping leading parts, such as labels of a host name. */
package org.intelmq.bots.experts.truncatebydelimiter;
