/** Long work, of which one can see how far it is, and which one can call off. */
package org.intelmq.administration.jobs;
