/**
 * The common ways to split a report: lines, CSV, JSON. Each row knows the text of a report with that row alone: what an event keeps in
 * {@code raw}, and what is dumped if the row fails, which in IntelMQ are not always the same.
 */
package org.intelmq.bot.rows;
