/** Drops events whose host name is not a valid domain below an existing top-level domain, by IANA's list. */
package org.intelmq.bots.experts.domainvalid;
