/** Runs a saved search over Splunk's REST interface and adds its results to the event. */
package org.intelmq.bots.experts.splunksavedsearch;
