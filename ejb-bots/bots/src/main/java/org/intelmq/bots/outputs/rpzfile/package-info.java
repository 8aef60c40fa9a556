/** Appends host names to a response policy zone, the file format of DNS firewalls. */
package org.intelmq.bots.outputs.rpzfile;
