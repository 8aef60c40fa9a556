/** What the configuration was, when, by whom and why. */
package org.intelmq.administration.history;
