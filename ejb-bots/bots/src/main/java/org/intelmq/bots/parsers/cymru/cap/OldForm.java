package org.intelmq.bots.parsers.cymru.cap;

import org.intelmq.bot.Extra;
import org.intelmq.bot.Row;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.text.python.IntegerText;

/** {@code report|address|asn|time|comment|name of the AS}; what the comment means depends on the report. */
final class OldForm {

    private OldForm() { }

    static void map(Row<String> row) {
        String[] cells = CymruCapParser.cells(row.content());
        Event event = row.newEvent();
        event.add(Fields.SOURCE_IP, cells[1]);
        event.add(Fields.SOURCE_ASN, cells[2].equals("0") ? null : cells[2]);
        event.add(Fields.TIME_SOURCE, cells[3] + " GMT");
        event.add(Fields.SOURCE_AS_NAME, cells[5]);
        event.add(Fields.RAW, row.text());
        classify(event, cells[0], cells[4], cells[4].split(" ", -1));
    }

    private static void classify(Event event, String report, String comment, String[] words) {
        switch (report) {
            case "beagle" -> {
                addInfection(event, report);
                Extra.keep(event, "comment", comment);
            }
            case "blaster", "dameware", "dipnet", "mydoom", "nachi", "phatbot", "sinit", "slammer" -> addInfection(event, report);
            case "bots" -> {
                event.add(Fields.CLASSIFICATION_TYPE, "infected-system");
                BotComment.addTo(event, words);
            }
            case "bruteforce" -> {
                add(event, "brute-force", comment);
                event.add(Fields.PROTOCOL_APPLICATION, comment);
            }
            case "defacement" -> {
                add(event, "unauthorised-information-modification", report);
                event.add(Fields.SOURCE_URL, words[0]);
                event.add("extra.zoneh.id", word(words, 1, report));
            }
            case "fastflux" -> {
                add(event, "system-compromise", report);
                event.add(Fields.SOURCE_REVERSE_DNS, comment);
            }
            case "malwareurl" -> {
                event.add(Fields.SOURCE_URL, words[0]);
                add(event, "malware-distribution", report);
            }
            case "openresolvers" -> {
                add(event, "vulnerable-system", "dns-open-resolver");
                event.add(Fields.PROTOCOL_APPLICATION, "dns");
            }
            case "phishing" -> {
                add(event, "phishing", "phishing");
                event.add(Fields.SOURCE_URL, comment);
            }
            case "proxy" -> {
                add(event, "proxy", "openproxy");
                event.add("extra.request", comment);
            }
            case "routers" -> add(event, "system-compromise", comment);
            case "scanners" -> {
                add(event, "scanner", "scanner");
                event.add(Fields.SOURCE_PORT, IntegerText.parse("the comment, a port,", comment));
            }
            case "spam" -> {
                add(event, "spam", "spam");
                Extra.keep(event, "comment", comment);
            }
            case "stormworm" -> addStormWorm(event, words);
            case "toxbot" -> {
                addInfection(event, report);
                event.add("extra.source_port", IntegerText.parse("the source port", word(words, 1, report)));
            }
            default -> {
                CymruCapParser.addUnknown(event, report);
                Extra.keep(event, "comment", comment);
            }
        }
    }

    private static void add(Event event, String type, String identifier) {
        event.add(Fields.CLASSIFICATION_TYPE, type);
        event.add(Fields.CLASSIFICATION_IDENTIFIER, identifier);
    }

    private static void addInfection(Event event, String malware) {
        event.add(Fields.CLASSIFICATION_TYPE, "infected-system");
        CymruCapParser.addMalware(event, malware);
    }

    private static String word(String[] words, int index, String report) {
        if (index >= words.length) {
            throw new IllegalArgumentException("comment of '" + report + "' is \"" + String.join(" ", words) + "\", expected at least " + (index + 1)
                    + " words");
        }
        return words[index];
    }

    private static void addStormWorm(Event event, String[] words) {
        if (!event.has(Fields.FEED_ACCURACY)) {
            event.add(Fields.FEED_ACCURACY, 100.0);
        }
        for (int i = 0; i < words.length; i++) {
            if (words[i].startsWith("confidence:")) {
                double accuracy = (Double) event.get(Fields.FEED_ACCURACY);
                event.add(Fields.FEED_ACCURACY, accuracy * IntegerText.parse("confidence", words[i].substring(11)).doubleValue() / 5);
            } else if (words[i].equals("legacy") || words[i].equals("crypto")) {
                event.add(Fields.MALWARE_VERSION, words[i]);
            } else if (words[i].equals("srcport")) {
                event.add("extra.source_port", IntegerText.parse("srcport", word(words, i + 1, "stormworm")));
                return;
            }
        }
    }
}
