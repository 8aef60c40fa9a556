/** The last stage of a delivery, in which results are sent; and the delivery as a whole. */
package org.intelmq.engine.deliver;
