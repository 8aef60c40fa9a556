/** The beans that host the engine in an application server, and nothing else. */
package org.intelmq.host;
