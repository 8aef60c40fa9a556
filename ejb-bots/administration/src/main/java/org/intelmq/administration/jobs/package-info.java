/** Long-running work, which reports its progress and can be cancelled. */
package org.intelmq.administration.jobs;
