/**
 * The usual ways to split a report: lines, CSV, JSON. Each row knows the text of a report with only that row: what an event keeps in {@code
 * raw}, and what is dumped if the row fails. In IntelMQ the two are not always the same.
 */
package org.intelmq.bot.rows;
