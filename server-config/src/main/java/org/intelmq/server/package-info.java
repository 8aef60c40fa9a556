/** The launcher {@code intelmq}: starts an application server with the application in it. */
package org.intelmq.server;
