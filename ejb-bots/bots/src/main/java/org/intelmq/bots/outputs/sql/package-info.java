/** Inserts events into an SQL database. Tables, dialects and writing exactly once are in {@code org.intelmq.eventdb}. */
package org.intelmq.bots.outputs.sql;
