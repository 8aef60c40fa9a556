/** What bots remember, committed together with their results. */
package org.intelmq.state;
