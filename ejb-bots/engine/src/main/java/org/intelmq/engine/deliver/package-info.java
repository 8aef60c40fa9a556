/** The last stage of a delivery, which sends the results, and the delivery as a whole. */
package org.intelmq.engine.deliver;
