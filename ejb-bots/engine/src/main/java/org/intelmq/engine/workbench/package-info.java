/** Tries bots out beside the running ones: rules on sample events, and feeds before they are added. */
package org.intelmq.engine.workbench;
