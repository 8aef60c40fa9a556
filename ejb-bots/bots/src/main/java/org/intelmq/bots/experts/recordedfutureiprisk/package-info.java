/** Adds Recorded Future's risk score from a local copy of its CSV risk list, and updates that copy. */
package org.intelmq.bots.experts.recordedfutureiprisk;
