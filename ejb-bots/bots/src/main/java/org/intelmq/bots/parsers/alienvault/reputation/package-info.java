/** Reads AlienVault's reputation list: lines of values separated by {@code #}. */
package org.intelmq.bots.parsers.alienvault.reputation;
