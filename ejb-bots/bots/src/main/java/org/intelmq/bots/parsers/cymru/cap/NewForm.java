package org.intelmq.bots.parsers.cymru.cap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.bot.Extra;
import org.intelmq.bot.FieldTable;
import org.intelmq.bot.Row;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.text.Whitespace;
import org.intelmq.text.python.IntegerText;

/** {@code category|address|asn|time|key: value; …|name of the AS, country}; some categories have a single value instead of keys. */
final class NewForm {

    private static final FieldTable BY_CATEGORY = FieldTable.of(NewForm.class, "categories.json");
    private static final Map<String, String> PROTOCOLS = Map.of("1", "icmp", "6", "tcp", "11", "nvp-ii", "17", "udp", "47", "gre",
            "59", "ipv6-nonxt");
    /** Sometimes there is no separator between host name and port. */
    private static final Pattern HOSTNAME_AND_PORT = Pattern.compile("hostname: ([^:;]+)port: ([0-9]+)");
    private static final Pattern TOTAL_COUNT = Pattern.compile(" \\(total_count:\\d+\\)$");

    private final Event event;
    private final String category;
    private final String address;
    private final List<String> destinationPorts = new ArrayList<>();

    private NewForm(Event event, String category, String address) {
        this.event = event;
        this.category = category;
        this.address = address;
    }

    static void map(Row<String> row) {
        String[] cells = CymruCapParser.cells(row.content());
        Event event = row.newEvent();
        event.add(Fields.RAW, row.text());
        event.add(Fields.SOURCE_IP, cells[1]);
        Extra.add(event, Fields.SOURCE_ASN, cells[2].equals("0") ? null : cells[2], "asn");
        event.add(Fields.TIME_SOURCE, cells[3] + " GMT");
        int comma = cells[5].lastIndexOf(", ");
        event.add(Fields.SOURCE_AS_NAME, cells[5].substring(0, Math.max(comma, 0)));
        Extra.add(event, Fields.SOURCE_GEOLOCATION_CC, cells[5].substring(comma < 0 ? 0 : comma + 2), "country");
        if (!BY_CATEGORY.addTo(event, cells[0])) {
            CymruCapParser.addUnknown(event, cells[0]);
        }
        NewForm form = new NewForm(event, cells[0], cells[1]);
        form.addNotes(separated(cells[4]));
        form.addDestinationPorts(row);
    }

    private static String separated(String notes) {
        Matcher matcher = HOSTNAME_AND_PORT.matcher(notes);
        return matcher.find() ? notes.substring(0, matcher.start()) + "hostname: " + matcher.group(1) + "; port: " + matcher.group(2)
                + notes.substring(matcher.end()) : notes;
    }

    private void addNotes(String notes) {
        for (String note : notes.split(";", -1)) {
            if (note.isBlank()) {
                continue;
            }
            if (note.indexOf(':') >= 0 && !note.startsWith("http")) {
                addNote(note);
            } else if (category.equals("proxy")) {
                addNote("proxy_type: " + note);
            } else {
                addLone(note, notes);
                return;
            }
        }
    }

    private void addLone(String note, String notes) {
        switch (category) {
            case "bruteforce" -> {
                Extra.add(event, Fields.CLASSIFICATION_IDENTIFIER, note, "comment");
                Extra.add(event, Fields.PROTOCOL_APPLICATION, note, "comment");
            }
            case "phishing" -> Extra.add(event, Fields.SOURCE_URL, note, "url");
            case "bot" -> BotComment.addTo(event, notes.split(" ", -1));
            default -> Extra.keep(event, "comment", notes);
        }
    }

    private void addNote(String note) {
        int colon = note.indexOf(':');
        String key = Whitespace.strip(note.substring(0, colon));
        String value = Whitespace.strip(note.substring(colon + 1));
        switch (key) {
            case "family" -> CymruCapParser.addMalware(event, value.toLowerCase(Locale.ROOT));
            case "dest_addr", "destaddr" -> Extra.add(event, Fields.DESTINATION_IP, value, key);
            case "dest_port", "ports_scanned", "honeypot_port", "darknet_port", "destination_port_numbers" ->
                    Arrays.stream(TOTAL_COUNT.matcher(value).replaceAll("").split(",", -1)).map(Whitespace::strip).filter(port -> !port.isEmpty())
                            .forEach(destinationPorts::add);
            case "protocol" -> addProtocol(value);
            case "hostname" -> {
                if (!value.equals(address) || event.isValid(Fields.SOURCE_FQDN, value, false)) {
                    Extra.add(event, Fields.SOURCE_FQDN, value, key);
                }
            }
            case "proxy_type" -> addProxyType(value);
            case "port", "srcport", "source_port" -> Extra.add(event, Fields.SOURCE_PORT, value, key);
            case "url" -> Extra.add(event, Fields.SOURCE_URL, value, key);
            case "username" -> event.add(Fields.SOURCE_ACCOUNT, value);
            case "additional_asns" -> addAsns(value);
            default -> Extra.keep(event, key, value);
        }
    }

    private void addProtocol(String number) {
        String name = PROTOCOLS.get(number);
        if (name != null) {
            event.add(Fields.PROTOCOL_TRANSPORT, name);
            return;
        }
        Number unknown = IntegerText.parseOrNull(number);
        Extra.keep(event, "protocol.transport", unknown == null ? number : unknown);
    }

    private void addProxyType(String value) {
        String[] parts = value.split("-", -1);
        if (parts.length > 2) {
            Extra.keep(event, "proxy_type", value);
            return;
        }
        event.add(Fields.PROTOCOL_APPLICATION, parts[0]);
        Extra.add(event, Fields.SOURCE_PORT, parts.length == 2 ? parts[1] : null, "port");
    }

    private void addAsns(String value) {
        List<Object> asns = new ArrayList<>();
        if (event.has(Fields.SOURCE_ASN)) {
            asns.add(event.get(Fields.SOURCE_ASN));
        }
        for (String asn : value.split(",", -1)) {
            Number number = IntegerText.parseOrNull(asn);
            asns.add(number == null ? asn : number);
        }
        event.add("extra.source.asns", asns);
    }

    /** One event per port. */
    private void addDestinationPorts(Row<String> row) {
        List<Event> events = new ArrayList<>(List.of(event));
        while (events.size() < destinationPorts.size()) {
            events.add(row.newEventLike(event));
        }
        for (int i = 0; i < destinationPorts.size(); i++) {
            Extra.add(events.get(i), Fields.DESTINATION_PORT, destinationPorts.get(i), "destination_port");
        }
    }
}
