/** First stage of a delivery: what it brings, as the bot takes it. */
package org.intelmq.engine.decode;
