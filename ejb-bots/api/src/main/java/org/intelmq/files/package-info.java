/** Files and streams within bounds: private to their owner, or ended at a limit. */
package org.intelmq.files;
