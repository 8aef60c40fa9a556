/** First stage of a delivery: decodes its content into the form that the bot takes. */
package org.intelmq.engine.decode;
