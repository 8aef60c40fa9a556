/** A bot between its start and its stop: what it is made of, its instances and its limits. */
package org.intelmq.engine.hosted;
