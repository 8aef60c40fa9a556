/** Third stage of a delivery: decides where results go. */
package org.intelmq.engine.route;
