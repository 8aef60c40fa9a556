/** The table of events in a database: its columns, and rows written exactly once over JPA or COPY. */
package org.intelmq.eventdb;
