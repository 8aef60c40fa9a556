/** Tries bots out next to the running ones: rules on sample events, and feeds before they are added. */
package org.intelmq.engine.workbench;
