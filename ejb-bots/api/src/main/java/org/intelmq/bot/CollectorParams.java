package org.intelmq.bot;

/** What every collector writes into its reports about the feed. */
public record CollectorParams(
        @Param(value = "Name of the feed (feed.name); by default the bot's display name.", optional = true)
        String name,
        @Param(value = "How reliable the feed is, 0 to 100 percent (feed.accuracy).", byDefault = "100")
        double accuracy,
        @Param(value = "Short code of the feed (feed.code).", optional = true)
        String code,
        @Param(value = "Organisation that provides the feed (feed.provider).", optional = true)
        String provider,
        @Param(value = "Address of the feed's documentation (feed.documentation).", optional = true)
        String documentation) { }
