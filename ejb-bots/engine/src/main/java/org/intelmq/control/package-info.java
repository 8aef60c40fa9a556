/** The port through which REST, JMX and command line look at a running server and change it. */
package org.intelmq.control;
