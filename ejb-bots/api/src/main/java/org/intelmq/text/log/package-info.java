/** Lines of log files. */
package org.intelmq.text.log;
