/** Third stage of a delivery: where results go. */
package org.intelmq.engine.route;
