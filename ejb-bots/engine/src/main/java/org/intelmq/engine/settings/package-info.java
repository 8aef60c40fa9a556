/** What operators configure in the engine: the parameters that every bot has, and the fields of messages. */
package org.intelmq.engine.settings;
