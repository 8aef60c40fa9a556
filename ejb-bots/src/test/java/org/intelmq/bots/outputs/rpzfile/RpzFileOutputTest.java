package org.intelmq.bots.outputs.rpzfile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.intelmq.bot.testing.Parameters;
import org.intelmq.bot.testing.RecordingOutbox;
import org.intelmq.bot.testing.TestContext;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
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
}
