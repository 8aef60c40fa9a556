/** A bot between its start and its stop: how it is created, its instances and its limits. */
package org.intelmq.engine.hosted;
