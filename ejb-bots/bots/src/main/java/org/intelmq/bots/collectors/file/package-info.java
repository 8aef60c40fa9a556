/** Reads files from a folder of the server, and deletes them afterwards if asked to. */
package org.intelmq.bots.collectors.file;
