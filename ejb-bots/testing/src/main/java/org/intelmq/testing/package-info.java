/** The kit for tests of bots: cases as data, and stand-ins for all that a host lends. Published for authors of bots. */
package org.intelmq.testing;
