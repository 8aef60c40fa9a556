/** Files that events are written to, which several outputs share. */
package org.intelmq.eventfile;
