/** What operators see of a bot: its log, its dump, its figures, and what it is given. */
package org.intelmq.engine.observe;
