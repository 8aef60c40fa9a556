package org.intelmq.bots.parsers.iocextractor;

import com.google.common.net.InternetDomainName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Param;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.text.Whitespace;
import org.intelmq.text.net.UrlParts;
import org.intelmq.text.pattern.UserPattern;

/** Feed: any text that contains addresses, such as tweets, even if disguised like {@code hxxp://example[.]com}. */
public final class IocExtractorParser {

    public record Params(
            @Param(value = "Scheme of addresses without one; by default https.", optional = true)
            String defaultScheme,
            @Param(value = "Regular expressions of domains to leave out, separated by commas.", byDefault = "t.co")
            List<String> domainWhitelist,
            @Param(value = "Replacements made in the text before it is searched: old and new text in turn, all separated by semicolons.",
                    byDefault = ".net;[.]net", example = "[.];.;,;.")
            String substitutions,
            @Param(value = "The classification.type of the events.", byDefault = "blacklist")
            String classificationType) {

        public Params {
            if (!substitutions.isEmpty() && substitutions.split(";", -1).length % 2 != 0) {
                throw new IllegalArgumentException("parameter 'substitutions' cannot be \"" + substitutions
                        + "\": expected an even number of texts separated by semicolons");
            }
        }
    }

    public static final BotType<Params> TYPE = type("intelmq.bots.parsers.ioc_extractor.parser", "IoC Extractor");
    /** The bot's name up to IntelMQ 3.3. */
    public static final BotType<Params> TWITTER_TYPE = type("intelmq.bots.parsers.twitter.parser", "Twitter");

    private static final Pattern ADDRESS = Pattern.compile("(?://|^)([a-z0-9.-]*[a-z]\\.[a-z][a-z-]*?(?:[/:].*|$))", Pattern.DOTALL);

    private final String[] substitutions;
    private final List<UserPattern> whitelist = new ArrayList<>();
    private final UrlNormalizer normalizer;
    private final String classificationType;

    private static BotType<Params> type(String module, String name) {
        return BotType.parser(module, name, "Addresses found in a text, such as a tweet.", Params.class, (params, context) -> {
            IocExtractorParser parser = new IocExtractorParser(params, context);
            return RowParser.bare(context, parser::split, parser::map);
        });
    }

    private IocExtractorParser(Params params, BotContext context) {
        substitutions = params.substitutions().isEmpty() ? new String[0] : params.substitutions().split(";", -1);
        normalizer = new UrlNormalizer(params.defaultScheme() == null ? "https" : params.defaultScheme());
        boolean known = context.newEvent().isValid(Fields.CLASSIFICATION_TYPE, params.classificationType(), false);
        classificationType = known ? params.classificationType() : "undetermined";
        params.domainWhitelist().stream().map(IocExtractorParser::pattern).forEach(whitelist::add);
    }

    private static UserPattern pattern(String regex) {
        try {
            return UserPattern.of(regex, false);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("parameter 'domain_whitelist' cannot have \"" + regex + "\": " + e.getMessage(), e);
        }
    }

    private void split(String text, Consumer<Row<String>> rows) {
        String plain = text;
        for (int i = 0; i < substitutions.length; i += 2) {
            plain = plain.replace(substitutions[i], substitutions[i + 1]);
        }
        for (String word : Whitespace.split(plain)) {
            String address = address(word.toLowerCase(Locale.ROOT));
            if (address != null) {
                rows.accept(new Row<>(address, () -> text, () -> word));
            }
        }
    }

    /** Returns {@code null} if the word is not an address, or one to be left out. */
    private String address(String word) {
        Matcher matcher = ADDRESS.matcher(word);
        if (!matcher.find() || whitelist.stream().anyMatch(pattern -> pattern.find(matcher.group(1)))) {
            return null;
        }
        String address = normalizer.normalize(matcher.group(1));
        return address != null && isPublic(UrlParts.split(address).host()) ? address : null;
    }

    private static boolean isPublic(String host) {
        return host != null && InternetDomainName.isValid(host) && InternetDomainName.from(host).hasPublicSuffix();
    }

    private void map(Row<String> row) {
        Event event = row.newEvent();
        event.add(Fields.RAW, row.text());
        event.add(Fields.SOURCE_URL, row.content());
        event.add(Fields.CLASSIFICATION_TYPE, classificationType);
    }
}
