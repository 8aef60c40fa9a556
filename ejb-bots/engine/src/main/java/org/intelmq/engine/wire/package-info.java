/** Messages as the bodies of parcels. */
package org.intelmq.engine.wire;
