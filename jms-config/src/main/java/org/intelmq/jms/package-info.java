/** The port to a message broker: what the application knows of it. */
package org.intelmq.jms;
