/** Inserts events as documents into a MongoDB collection. */
package org.intelmq.bots.outputs.mongodb;
