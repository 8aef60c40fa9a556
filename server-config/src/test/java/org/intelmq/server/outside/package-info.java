/** Other systems, in the test's JVM, that a server takes events from and hands them to; each counts what it was given. */
package org.intelmq.server.outside;
