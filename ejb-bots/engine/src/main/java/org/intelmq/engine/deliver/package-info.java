/** The last stage of a delivery: results are sent, and the delivery as a whole. */
package org.intelmq.engine.deliver;
