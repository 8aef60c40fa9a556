/** IntelMQ's bots, found through one {@link org.intelmq.bot.BotPack}; each has a package of its own below this one. */
package org.intelmq.bots;
