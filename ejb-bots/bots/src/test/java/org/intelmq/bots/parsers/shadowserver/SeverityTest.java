package org.intelmq.bots.parsers.shadowserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.message.Report;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schema fills severity since December 2025; installations that lack the field find it below extra. */
class SeverityTest {

    private static final String SCHEMA = """
            {"scan_smb": {"feed_name": "SMB", "file_name": "scan_smb",
                "required_fields": [["source.ip", "ip"]],
                "optional_fields": [["severity", "severity"], ["source.asn", "asn", "invalidate_zero"]], "constant_fields": {}}}""";
    private static final String FEED = "ip,severity,asn\n192.0.2.1,high,64500\n192.0.2.2,awful,many\n";

    @TempDir
    Path folder;

    private List<Message> parse(Harmonization harmonization) throws Exception {
        Path file = folder.resolve(SchemaFile.NAME);
        Files.createDirectories(file.getParent());
        Files.writeString(file, SCHEMA);
        ShadowserverParser.Params params = ParameterSchema.of(ShadowserverParser.Params.class).read(Map.of("feedname", "SMB"), Set.of()).value();
        Report report = new Report(harmonization);
        report.add(Fields.RAW, FEED);
        RecordingOutbox out = new RecordingOutbox();
        new ShadowserverParser(params, new TestContext().dataDirectory(folder)).process(report, out);
        assertEquals(List.of(), out.rejected());
        out.commit();
        return out.sent();
    }

    @Test
    void fillsTheFieldAndKeepsOddCellsBelowExtra() throws Exception {
        List<Message> events = parse(Harmonization.standard());
        assertEquals("high", events.get(0).get("severity"));
        assertEquals(64500L, events.get(0).get("source.asn"));
        assertEquals("awful", events.get(1).get("extra.severity"));
        assertEquals("many", events.get(1).get("extra.asn"));
    }

    @Test
    void fallsBackToExtra() throws Exception {
        List<Message> events = parse(Harmonization.standard().without(Set.of(Fields.SEVERITY)));
        assertEquals("high", events.get(0).get("extra.severity"));
    }
}
