/** What bots write into their logs. */
package org.intelmq.administration.logs;
