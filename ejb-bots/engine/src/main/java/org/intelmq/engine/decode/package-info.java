/** First stage of a delivery: its content, in the form that the bot takes. */
package org.intelmq.engine.decode;
