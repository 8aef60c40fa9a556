/** Reads Shadowserver's CSV reports by the schema that Shadowserver publishes, and updates that schema. */
package org.intelmq.bots.parsers.shadowserver;
