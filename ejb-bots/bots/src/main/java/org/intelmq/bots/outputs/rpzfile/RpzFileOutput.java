package org.intelmq.bots.outputs.rpzfile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.regex.Pattern;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.OutputParams;
import org.intelmq.bot.Param;
import org.intelmq.eventfile.EventFiles;
import org.intelmq.eventfile.FileParams;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.text.ControlCharacters;
import org.intelmq.text.json.JsonBuffer;
import org.intelmq.text.python.Strftime;

public final class RpzFileOutput implements BatchBot<Message> {

    public record Params(
            @Param(value = "Data of each record: where listed names point to.", byDefault = "", example = "sinkhole.example.")
            String cname,
            @Param(value = "Primary name server of the zone, for its SOA record.", byDefault = "")
            String organizationName,
            @Param(value = "Domain of the zone.", byDefault = "")
            String rpzDomain,
            @Param(value = "Host master of the zone, as written in its SOA record.", byDefault = "")
            String hostmasterRpzDomain,
            @Param(value = "Mail address for questions, for the file's header.", byDefault = "")
            String rpzEmail,
            @Param(value = "TTL of the zone in seconds.", byDefault = "3600")
            String ttl,
            @Param(value = "Seconds for which a missing name may be remembered.", byDefault = "60")
            String ncachttl,
            @Param(value = "Serial number of the zone; by default the time as YYMMDDhhmm.", optional = true)
            String serial,
            @Param(value = "Seconds after which secondary servers look for a new version.", byDefault = "60")
            String refresh,
            @Param(value = "Seconds after which secondary servers try again.", byDefault = "60")
            String retry,
            @Param(value = "Seconds after which secondary servers give up the zone.", byDefault = "432000")
            String expire,
            @Param(value = "Type of the records.", byDefault = "CNAME")
            String dnsRecordType,
            @Param(value = "Has no effect: the header says when the zone was written.", optional = true)
            String generateTime,
            @Param(value = "A name that is always listed, for tests.", byDefault = "")
            String testDomain,
            FileParams file,
            OutputParams output) {

        private static final Pattern TIME = Pattern.compile("(?:\\d+[smhdwSMHDW]?)+");

        public Params {
            checkTime("ttl", ttl);
            checkTime("ncachttl", ncachttl);
            checkTime("refresh", refresh);
            checkTime("retry", retry);
            checkTime("expire", expire);
        }

        private static void checkTime(String parameter, String value) {
            if (!TIME.matcher(value.strip()).matches()) {
                throw new IllegalArgumentException("parameter '" + parameter + "' cannot be \"" + ControlCharacters.spelledOut(value)
                        + "\": expected seconds, or a time such as 1h or 2d, as zone files have them");
            }
        }
    }

    public static final BotType<Params> TYPE = BotType.output("intelmq.bots.outputs.rpz_file.output", "RPZ file",
            "Appends host names to the zone file of a DNS firewall (response policy zone).", Params.class, RpzFileOutput::new);

    private static final String WWW = "www.";

    private final Params params;
    private final EventFiles files;
    /** The longest name: the zone's name is appended to it. */
    private final int room;

    RpzFileOutput(Params params, BotContext context) {
        this.params = params;
        this.room = ZoneName.LONGEST - (params.rpzDomain().isEmpty() ? 0 : params.rpzDomain().length() + 1);
        checkTestDomain();
        byte[] head = head(ZonedDateTime.now(context.clock()).withZoneSameInstant(ZoneId.systemDefault())).getBytes(StandardCharsets.UTF_8);
        files = new EventFiles(params.file(), "rpz", file -> Files.size(file) > 0 ? new byte[0] : head, context);
    }

    private void checkTestDomain() {
        String problem = params.testDomain().isEmpty() ? null : ZoneName.problem(params.testDomain(), room);
        if (problem != null) {
            throw new ConfigurationException("parameter 'test_domain' cannot be \"" + params.testDomain() + "\": " + problem);
        }
    }

    private String head(ZonedDateTime now) {
        String serial = params.serial() == null ? Strftime.format("%y%m%d%H%M", now) : params.serial();
        String test = params.testDomain().isEmpty() ? "" : record(params.testDomain());
        return "$TTL " + params.ttl() + "\n@ SOA " + params.rpzDomain() + ". " + params.hostmasterRpzDomain() + ". "
                + String.join(" ", serial, params.refresh(), params.retry(), params.expire(), params.ncachttl())
                + "\n NS localhost.\n;\n; " + line(params.organizationName()) + " Response Policy Zones (RPZ)\n; Last updated: "
                + Strftime.format("%Y-%m-%d %H:%M:%S", now) + " (UTC)\n;\n; Terms Of Use: https://" + params.rpzDomain()
                + "\n; For questions please contact " + line(params.rpzEmail()) + "\n;\n" + test;
    }

    /** A comment ends with its line. */
    private static String line(String text) {
        return ControlCharacters.spelledOut(text);
    }

    private String record(String name) {
        return name + ' ' + params.dnsRecordType() + ' ' + params.cname() + '\n';
    }

    @Override
    public void process(Message event, Outbox out) throws IOException {
        processAll(List.of(event), out);
    }

    @Override
    public void processAll(List<Message> events, Outbox out) throws IOException {
        files.append(events, this::write, out);
    }

    private void write(Message event, JsonBuffer text) {
        String name = event.text(Fields.SOURCE_FQDN);
        if (name == null) {
            return;
        }
        String problem = ZoneName.problem(name, room);
        if (problem != null) {
            throw new IllegalArgumentException("source.fqdn cannot be \"" + ControlCharacters.spelledOut(name) + "\" in a zone file: " + problem
                    + "; name servers would refuse the whole zone because of it");
        }
        String bare = name.startsWith(WWW) ? name.substring(WWW.length()) : name;
        String www = WWW + bare;
        boolean hasWww = !ZoneName.isWildcard(bare) && ZoneName.problem(www, room) == null;
        text.text(hasWww ? record(bare) + record(www) : record(bare));
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
