/** Reads indicators from the JSON files of StrangerealIntel/DailyIOC. {@code collectors.github} fetches them. */
package org.intelmq.bots.parsers.githubfeed;
