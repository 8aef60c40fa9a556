/** The port through which REST, JMX and the command line observe and change a running server. */
package org.intelmq.control;
