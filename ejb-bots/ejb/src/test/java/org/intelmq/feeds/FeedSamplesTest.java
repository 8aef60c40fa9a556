package org.intelmq.feeds;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotType;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Message;
import org.intelmq.message.Report;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.intelmq.text.encoding.Base64Text;
import org.junit.jupiter.api.Test;

/** Feeds that the generic parser reads: rows in their form, with the parameters of the list. */
class FeedSamplesTest {

    private static final Catalogue CATALOGUE = Catalogue.load(FeedSamplesTest.class.getClassLoader());

    @SuppressWarnings("unchecked")
    private static <P extends Record> Bot<Report> parser(BotType<P> type, Map<String, Object> parameters) throws Exception {
        ParameterSchema.Reading<P> reading = ParameterSchema.of(type.params()).read(parameters, Set.of("default_fields"));
        assertEquals(List.of(), reading.problems());
        assertEquals(List.of(), reading.warnings());
        return (Bot<Report>) type.factory().create(reading.value(), new TestContext());
    }

    /** What the events hold of the fields, one event after the other. */
    private static String read(String feed, String text, String... fields) throws Exception {
        Feed.Part part = Feeds.of(CATALOGUE).find(feed).parser();
        RecordingOutbox outbox = new RecordingOutbox();
        try (Bot<Report> bot = parser(CATALOGUE.find(part.module()), part.parameters())) {
            Report report = new Report(Harmonization.standard());
            report.addUnsanitized(Fields.RAW, Base64Text.encode(text.getBytes(StandardCharsets.UTF_8)), IfPresent.REPLACE, true);
            bot.process(report, outbox);
        }
        assertEquals(List.of(), outbox.rejected());
        return outbox.sent().stream().map(event -> said(event, fields)).collect(Collectors.joining("; "));
    }

    private static String said(Message event, String... fields) {
        return List.of(fields).stream().map(event::text).collect(Collectors.joining(" "));
    }

    @Test
    void urlhaus() throws Exception {
        assertEquals("http://192.0.2.7/bin.sh online 2026-11-28T10:00:00+00:00 32-bit,elf 7", read("urlhaus recent", """
                # id,dateadded,url,url_status,last_online,threat,tags,urlhaus_link,reporter
                "7","2026-11-28 10:00:00","http://192.0.2.7/bin.sh","online","2026-11-28 10:01:00","malware_download","32-bit,elf",\
                "https://urlhaus.abuse.ch/url/7/","someone"
                """, "source.url", "status", "time.source", "extra.tags", "extra.urlhaus_id"));
    }

    @Test
    void threatFox() throws Exception {
        String head = "# \"first_seen_utc\",\"ioc_id\",\"ioc_value\",\"ioc_type\",\"threat_type\",\"fk_malware\",\"malware_alias\",\"malware_printable\"\n";
        assertEquals("192.0.2.7 192.0.2.7:8080 cobalt strike 2026-11-28T10:00:00+00:00", read("threatfox addresses", head
                + "\"2026-11-28 10:00:00\", \"1\", \"192.0.2.7:8080\", \"ip:port\", "
                + "\"botnet_cc\", \"win.cobalt_strike\", \"Beacon\", \"Cobalt Strike\", \"\", \"100\"\n",
                "source.ip", "extra.address_and_port", "malware.name", "time.source"));
        assertEquals("evil.example.com botnet_cc", read("threatfox domains", head
                + "\"2026-11-28 10:00:00\", \"2\", \"evil.example.com\", \"domain\", \"botnet_cc\", \"js.x\", \"None\", \"FAKEUPDATES\", \"\", \"75\"\n",
                "source.fqdn", "extra.threat"));
        assertEquals("https://evil.example.com/a fakeupdates", read("threatfox urls", head
                + "\"2026-11-28 10:00:00\", \"3\", \"https://evil.example.com/a\", \"url\", "
                + "\"payload_delivery\", \"js.x\", \"None\", \"FAKEUPDATES\", \"\", \"75\"\n",
                "source.url", "malware.name"));
    }

    @Test
    void malwareBazaar() throws Exception {
        String sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assertEquals(sha256 + " d41d8cd98f00b204e9800998ecf8427e invoice.exe null", read("malwarebazaar", "# first_seen_utc\n"
                + "\"2026-11-28 10:00:00\", \"" + sha256
                        + "\", \"d41d8cd98f00b204e9800998ecf8427e\", \"da39a3ee5e6b4b0d3255bfef95601890afd80709\", \"abuse_ch\", "
                + "\"invoice.exe\", \"exe\", \"application/x-dosexec\", \"n/a\", \"n/a\", \"60.00\"\n", "malware.hash.sha256", "malware.hash.md5",
                        "extra.file_name",
                "malware.name"));
    }

    @Test
    void knownExploitedVulnerabilities() throws Exception {
        assertEquals("cve-2026-0001 vendor product 2026-11-20T00:00:00+00:00 2026-12-11", read("cisa-known-exploited-vulnerabilities", """
                cveID,vendorProject,product,vulnerabilityName,dateAdded,shortDescription,requiredAction,dueDate,knownRansomwareCampaignUse,notes,cwes
                CVE-2026-0001,Vendor,Product,Product Vulnerability,2026-11-20,"It has one, and more.",Update.,2026-12-11,Unknown,https://vendor.example,CWE-79
                """, "product.vulnerabilities", "product.vendor", "product.name", "time.source", "extra.due_date"));
    }

    @Test
    void lists() throws Exception {
        assertEquals("192.0.2.7; 2001:db8::7", read("crowdsec blocklist integration", "192.0.2.7\n2001:db8::7\n", "source.ip"));
        assertEquals("192.0.2.7; 192.0.2.8", read("greynoise addresses of a tag", "192.0.2.7\n192.0.2.8\n", "source.ip"));
        assertEquals("shop.example; evil.example", read("cert-pl-warning-list", "shop.example\nevil.example\n", "source.fqdn"));
    }
}
