/** Opens tickets over the REST 1.0 interface of Request Tracker. */
package org.intelmq.bots.outputs.rt;
