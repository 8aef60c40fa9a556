package org.intelmq.bots.outputs.rpzfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.MessageJson;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RpzFileOutputTest {

    @Test
    void writesRecordsBelowTheHeadOfTheZone(@TempDir Path directory) throws Exception {
        RpzFileOutput.Params params = Parameters.of(RpzFileOutput.Params.class, "cname", "sink.example.", "rpz_domain", "rpz.example",
                "hostmaster_rpz_domain", "host.example", "organization_name", "Org", "rpz_email", "mail@rpz.example", "test_domain", "test.example");
        for (int i = 0; i < 2; i++) {
            try (RpzFileOutput output = new RpzFileOutput(params, new TestContext().dataDirectory(directory))) {
                output.processAll(List.of(new Event(Harmonization.standard()).add("source.fqdn", "www.bad.example"), new Event(Harmonization.standard())),
                        new RecordingOutbox());
            }
        }
        String records = "bad.example CNAME sink.example.\nwww.bad.example CNAME sink.example.\n";
        assertEquals("""
                $TTL 3600
                @ SOA rpz.example. host.example. 2405171020 60 60 432000 60
                 NS localhost.
                ;
                ; Org Response Policy Zones (RPZ)
                ; Last updated: 2024-05-17 10:20:30 (UTC)
                ;
                ; Terms Of Use: https://rpz.example
                ; For questions please contact mail@rpz.example
                ;
                test.example CNAME sink.example.
                """ + records + records, Files.readString(directory.resolve("file-output/rpz")));
    }

    private static final String LABEL = "a".repeat(63);

    @TempDir
    private Path folder;

    /** What is written for a name, without the head. */
    private String written(String name) throws Exception {
        RpzFileOutput.Params params = Parameters.of(RpzFileOutput.Params.class, "cname", "sink.example.", "rpz_domain", "rpz.example",
                "file", folder.resolve("zone").toString());
        Files.deleteIfExists(folder.resolve("zone"));
        try (RpzFileOutput output = new RpzFileOutput(params, new TestContext().dataDirectory(folder))) {
            output.process(withName(name), new RecordingOutbox());
        }
        String zone = Files.readString(folder.resolve("zone"));
        return zone.substring(zone.lastIndexOf(";\n") + 2);
    }

    /** Even one that the harmonization would refuse: that of a user may know other fields. */
    private static Event withName(String name) {
        return (Event) MessageJson.restore(Map.of("source.fqdn", name), Harmonization.standard());
    }

    @Test
    void namesThatWouldBreakTheZoneAreRefused() {
        String characters = ": only letters, digits, hyphens and underscores are allowed between dots";
        for (String name : List.of("bad name.example.com", "m;x.example.com", "$include.example.com", "a\"b.example", "a\tb.example", "a(.example", "@",
                "a\\b.example", "bücher.example", "a*.example", "a.*.example", "*")) {
            String message = assertThrows(IllegalArgumentException.class, () -> written(name)).getMessage();
            assertEquals("source.fqdn cannot be \"" + name + "\" in a zone file" + characters + "; name servers would refuse the whole zone because "
                    + "of it", message);
        }
        for (String name : List.of("a..example", ".example", "a.", "a\nb.example", LABEL + "b.example", (LABEL + ".").repeat(4).substring(0, 242))) {
            String message = assertThrows(IllegalArgumentException.class, () -> written(name)).getMessage();
            assertTrue(message.startsWith("source.fqdn cannot be \"" + name.replace("\n", "\\n") + "\" in a zone file: "), message);
        }
    }

    @Test
    void noWwwIsPutBeforeAWildcardOrWhereThereIsNoRoom() throws Exception {
        assertEquals("*.wild.example.com CNAME sink.example.\n", written("*.wild.example.com"));
        assertEquals("_x-1.Example CNAME sink.example.\nwww._x-1.Example CNAME sink.example.\n", written("_x-1.Example"));
        String longest = (LABEL + ".").repeat(4).substring(0, 241);
        assertEquals(longest + " CNAME sink.example.\n", written(longest));
    }

    @Test
    void nothingLeavesTheCommentsOfTheHead() throws Exception {
        RpzFileOutput.Params params = Parameters.of(RpzFileOutput.Params.class, "organization_name", "Org\nevil.example CNAME .", "rpz_email", "a\rb",
                "file", folder.resolve("zone").toString());
        new RpzFileOutput(params, new TestContext().dataDirectory(folder)).close();
        String zone = Files.readString(folder.resolve("zone"));
        assertTrue(zone.contains("; Org\\nevil.example CNAME . Response") && zone.contains("contact a\\rb\n"), zone);
        assertEquals("parameter 'test_domain' cannot be \"a b\": only letters, digits, hyphens and underscores are allowed between dots",
                assertThrows(ConfigurationException.class, () -> new RpzFileOutput(Parameters.of(RpzFileOutput.Params.class, "test_domain", "a b"),
                        new TestContext().dataDirectory(folder))).getMessage());
    }
}
