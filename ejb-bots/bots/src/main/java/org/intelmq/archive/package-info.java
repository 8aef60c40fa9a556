/** Unpacks archives and compressed files, within limits. */
package org.intelmq.archive;
