/** Reads Bambenek Consulting's CSV feeds of command-and-control servers and generated domains. */
package org.intelmq.bots.parsers.bambenek;
