/** What operators set for the engine: the parameters of every bot, and the fields that messages have. */
package org.intelmq.engine.settings;
