/** Inserts events over ClickHouse's HTTP interface. */
package org.intelmq.bots.outputs.clickhouse;
