package org.intelmq.pipeline;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that is wrong with a configuration. Immutable.
 *
 * @param bot id of the bot; {@code null} if the problem does not belong to one bot
 * @param parameter name in {@code runtime.yaml}, or {@link #MODULE}; {@code null} if the problem does not belong to one parameter
 * @param text a line for operators, which also names bot and parameter
 */
public record Problem(String bot, String parameter, Severity severity, String text) {

    /** The key that says which kind of bot it is. */
    public static final String MODULE = "module";

    private static final String GLOBAL = "global.";
    private static final Pattern PARAMETER = Pattern.compile("[Pp]arameters? '([^']+)'");

    /** Finds the parameter in the text. */
    public static Problem of(String bot, Severity severity, String text) {
        Matcher parameter = PARAMETER.matcher(text);
        return new Problem(bot, parameter.find() ? parameter.group(1) : null, severity, text);
    }

    /** With the bot's name before the text. */
    public static Problem ofBot(String bot, Severity severity, String text) {
        return of(bot, severity, "bot '" + bot + "': " + text);
    }

    /** With the parameter's name before the text; it concerns all bots that take it. */
    public static Problem ofGlobal(String parameter, Severity severity, String text) {
        return new Problem(null, parameter, severity, GLOBAL + parameter + ' ' + text);
    }

    /** Whether it is the bot's, or one of the parameters that all bots share. */
    public boolean concerns(String id) {
        return bot == null ? parameter != null && text.startsWith(GLOBAL + parameter + ' ') : bot.equals(id);
    }

    public boolean isRefused() {
        return severity == Severity.REFUSED;
    }
}
