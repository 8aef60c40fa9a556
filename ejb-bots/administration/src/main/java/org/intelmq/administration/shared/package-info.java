/** One configuration for several servers: a table in a PostgreSQL holds what they have agreed on, and each keeps its files to that. */
package org.intelmq.administration.shared;
