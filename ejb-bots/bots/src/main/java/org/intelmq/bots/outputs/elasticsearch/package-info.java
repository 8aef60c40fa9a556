/** Indexes events through the {@code _bulk} interface of Elasticsearch or OpenSearch. */
package org.intelmq.bots.outputs.elasticsearch;
