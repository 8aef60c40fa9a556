/** What the engine provides to bots, and where it comes from. */
package org.intelmq.engine.lend;
