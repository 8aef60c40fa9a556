/** Past configurations: what was changed, when, by whom and why. */
package org.intelmq.administration.history;
