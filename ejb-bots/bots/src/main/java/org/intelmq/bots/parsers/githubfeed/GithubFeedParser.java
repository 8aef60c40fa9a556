package org.intelmq.bots.parsers.githubfeed;

import com.google.re2j.Pattern;
import java.util.Collections;
import java.util.Map;
import java.util.function.Consumer;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Extra;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Json;
import org.intelmq.text.python.PythonText;

/** Feed: https://github.com/StrangerealIntel/DailyIOC, lists of objects with {@code Indicator} and {@code Description}. */
public final class GithubFeedParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.github_feed.parser", "Github Feed",
            "Indicators of compromise from the GitHub repository StrangerealIntel/DailyIOC.", NoParams.class, (params, context) -> {
                GithubFeedParser parser = new GithubFeedParser(context);
                return RowParser.bare(context, parser::split, parser::map);
            });

    private static final String REPOSITORY = "StrangerealIntel/DailyIOC";
    private static final Field FILE = Field.of("extra.file_metadata");
    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-fA-F]+");
    private static final Pattern DOMAIN = Pattern.compile("(?:[a-zA-Z0-9](?:[a-zA-Z0-9_-]{0,61}[a-zA-Z0-9])?\\.)+[a-zA-Z0-9][a-zA-Z0-9_-]{0,61}[a-zA-Z]");
    private static final String LABEL = "(?:[\\pL\\pN]-?)*[\\pL\\pN]+";
    private static final Pattern ADDRESS = Pattern.compile("(?i)(?:https?|ftp)://(?:[^\\s/@]+@)?"
            + "(?:\\d{1,3}(?:\\.\\d{1,3}){3}|localhost|\\[[0-9a-f:.]+\\]|" + LABEL + "(?:\\." + LABEL + ")*\\.(?:xn--[a-z0-9]{2,}|\\pL{2,}))"
            + "(?::\\d{2,5})?(?:/[\\pL\\pN._~%!$&'()*+,;=:@/-]*)?(?:\\?\\S*)?(?:#\\S*)?");

    private final BotContext context;
    private final Event validator;

    private GithubFeedParser(BotContext context) {
        this.context = context;
        validator = context.newEvent();
    }

    private void split(String text, Consumer<Row<JsonObject>> rows) {
        Object indicators = Json.parseOrNull(text);
        for (Object indicator : JsonObject.elements(indicators == null ? Json.parse(text.replace('\'', '"')) : indicators)) {
            rows.accept(new Row<>(new JsonObject(indicator), () -> PythonText.str(indicator),
                    () -> Json.writeAsRead(Collections.singletonList(indicator))));
        }
    }

    private void map(Row<JsonObject> row) {
        String feed = row.report().text(Fields.FEED_URL);
        if (feed == null || !feed.contains(REPOSITORY)) {
            throw new IllegalArgumentException("feed.url is " + feed + ", expected one with " + REPOSITORY);
        }
        String indicator = row.content().requireText("Indicator");
        Object description = row.content().get("Description");
        Field field = field(indicator);
        if (field == null) {
            context.log().warning("Indicator '" + indicator.replace(".", "[.]") + "' is neither hash, domain, IP address nor URL.");
            return;
        }
        Event event = row.newEvent();
        if (row.report().get(FILE) instanceof Map<?, ?> file) {
            file.forEach((name, value) -> Extra.keep(event, "file_metadata." + name, value));
        }
        event.add(Fields.RAW, row.text());
        event.add(Fields.CLASSIFICATION_TYPE, "malware");
        event.add(Fields.CLASSIFICATION_TAXONOMY, "other");
        Extra.add(event, Fields.EVENT_DESCRIPTION_TEXT, description, "description");
        event.add(field, indicator);
    }

    /** Returns {@code null} for what is not an indicator. */
    private Field field(String indicator) {
        if (HEXADECIMAL.matches(indicator)) {
            switch (indicator.length()) {
                case 32:
                    return Fields.MALWARE_HASH_MD5;
                case 40:
                    return Fields.MALWARE_HASH_SHA1;
                case 64:
                    return Fields.MALWARE_HASH_SHA256;
                default:
            }
        }
        if (DOMAIN.matches(indicator)) {
            return Fields.SOURCE_FQDN;
        }
        if (validator.isValid(Fields.SOURCE_IP, indicator, false)) {
            return Fields.SOURCE_IP;
        }
        return ADDRESS.matches(indicator) ? Fields.SOURCE_URL : null;
    }
}
