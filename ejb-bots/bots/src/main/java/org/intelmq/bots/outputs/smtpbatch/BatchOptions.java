package org.intelmq.bots.outputs.smtpbatch;

import java.util.Iterator;
import java.util.List;
import org.intelmq.bot.ConfigurationException;

/**
 * What the operator typed after the bot's id; the rest is as configured.
 *
 * @param tester {@code null} for none
 * @param limit 0 for none
 * @param send whether everything is sent immediately, without a dialogue
 */
record BatchOptions(String tester, int ignoreOlderThanDays, int limit, String gpgKey, boolean send) {

    private static final String HELP = "--cli, --send, --tester ADDRESS, --ignore-older-than-days N, --gpg-key FINGERPRINT, --limit-results N";

    static BatchOptions of(SmtpBatchOutput.Params params, List<String> arguments) {
        String tester = params.testingTo();
        int days = params.ignoreOlderThanDays() == null ? 0 : params.ignoreOlderThanDays();
        int limit = params.limitResults() == null ? 0 : params.limitResults();
        String key = params.gpgKey();
        boolean send = false;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            switch (option) {
                // how IntelMQ tells the tool from the bot
                case "--cli" -> { }
                case "--send" -> send = true;
                case "--tester" -> tester = value(option, rest);
                case "--ignore-older-than-days" -> days = number(option, rest);
                case "--gpg-key" -> key = value(option, rest);
                case "--limit-results" -> limit = number(option, rest);
                default -> throw new ConfigurationException("there is no option " + option + ": expected " + HELP);
            }
        }
        return new BatchOptions(tester == null || tester.isEmpty() ? null : tester, days, limit, key == null || key.isEmpty() ? null : key, send);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new ConfigurationException("option " + option + " has no value: expected " + HELP);
        }
        return rest.next();
    }

    private static int number(String option, Iterator<String> rest) {
        String value = value(option, rest);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new ConfigurationException("option " + option + " cannot be \"" + value + "\": expected a whole number", e);
        }
    }
}
