/** What bots borrow from the engine, and where the engine has it from. */
package org.intelmq.engine.lend;
