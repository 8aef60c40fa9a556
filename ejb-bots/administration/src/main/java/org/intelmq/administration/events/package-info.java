/** The event database that an SQL output writes to: searching, counting and exporting what is in it. */
package org.intelmq.administration.events;
