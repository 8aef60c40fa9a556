/** What IntelMQ's own web manager does, with its pages in a browser and without them. */
package org.intelmq.server.manager;
