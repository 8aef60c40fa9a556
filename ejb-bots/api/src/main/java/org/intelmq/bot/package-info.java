/** The contract of bots: what a bot is given, what it sends, how it declares itself and its parameters. */
package org.intelmq.bot;
