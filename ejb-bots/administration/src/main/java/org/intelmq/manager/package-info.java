/** The REST interface of the original IntelMQ that its web manager speaks, as plain functions from requests to answers. */
package org.intelmq.manager;
