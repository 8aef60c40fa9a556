/** Which bots exist. */
package org.intelmq.catalogue;
