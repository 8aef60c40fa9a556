/** The messages waiting in queues, and what an operator can do with them. */
package org.intelmq.administration.queues;
