package org.intelmq.bots.collectors.twitter;

import java.time.Duration;
import java.util.List;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Param;
import org.intelmq.bot.Tick;

/** Exists so that whoever still has one configured is told why it cannot work; IntelMQ removed it in version 3.4. */
public final class TwitterCollector {

    public record Params(
            @Param(value = "Accounts whose posts were fetched.", byDefault = "")
            List<String> targetTimelines,
            @Param(value = "Accounts whose links were followed.", byDefault = "")
            List<String> followUrls,
            @Param(value = "How many posts of an account were fetched.", byDefault = "20")
            int tweetCount,
            @Param(value = "How old posts could be.", byDefault = "86400")
            Duration timelimit,
            @Param(value = "Whether posts of others that an account had shared were fetched.", byDefault = "true")
            boolean includeRts,
            @Param(value = "Whether replies to others were left out.", byDefault = "false")
            boolean excludeReplies,
            @Param(value = "Scheme of addresses without one.", byDefault = "http")
            String defaultScheme,
            @Param(value = "Key of the application.", optional = true, secret = true)
            String consumerKey,
            @Param(value = "Secret of the application.", optional = true, secret = true)
            String consumerSecret,
            @Param(value = "Key of the account.", optional = true, secret = true)
            String accessTokenKey,
            @Param(value = "Secret of the account.", optional = true, secret = true)
            String accessTokenSecret,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.collector("intelmq.bots.collectors.twitter.collector_twitter", "Twitter",
            "Can no longer be used: the interface from which it read posts was switched off in 2023.", Params.class, TwitterCollector::refuse);

    private TwitterCollector() { }

    private static Bot<Tick> refuse(Params params, BotContext context) {
        throw new ConfigurationException("parameter 'module' cannot be \"" + TYPE.module() + "\": the interface 1.1 of Twitter, which this bot reads, "
                + "was switched off in 2023. Remove the bot; texts from elsewhere can be sent to the parser intelmq.bots.parsers.twitter.parser");
    }
}
