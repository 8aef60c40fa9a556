/** Messages that could not be processed: found, mended, sent again, deleted. */
package org.intelmq.administration.dumps;
