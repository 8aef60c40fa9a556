/** Archives and compressed files, unpacked within bounds. */
package org.intelmq.archive;
