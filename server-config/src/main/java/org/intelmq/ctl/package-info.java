/** The command line {@code intelmqctl} and its relatives. */
package org.intelmq.ctl;
