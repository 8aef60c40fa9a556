/** Shared by collectors that receive pushed data: streams of lines, and servers with their limits. */
package org.intelmq.stream;
