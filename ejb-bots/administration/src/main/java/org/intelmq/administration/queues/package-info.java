/** What waits in queues, and what an operator does with it. */
package org.intelmq.administration.queues;
