/** The resource adapter: Apache ActiveMQ Artemis, embedded, behind the port. */
package org.intelmq.jms.artemis;
