package org.intelmq.bots.experts.idea;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Json;
import org.intelmq.message.KeyExists;
import org.intelmq.message.MessageJson;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;

class IdeaExpertTest {

    private static String document(String event, boolean testMode) {
        RecordingOutbox outbox = new RecordingOutbox();
        new IdeaExpert(new IdeaExpert.Params(testMode), new TestContext()).process(MessageJson.parse(event, Harmonization.standard(), "Event"), outbox);
        return outbox.sent().get(0).text(Fields.OUTPUT);
    }

    private static Map<?, ?> withoutId(String document) {
        Map<?, ?> parsed = (Map<?, ?>) Json.parse(document);
        assertTrue(parsed.remove("ID").toString().matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
        return parsed;
    }

    @Test
    void saysAllThatIdeaHasAPlaceFor() {
        String document = document("""
                {"feed.name": "Our feed", "feed.code": "of 1*~", "feed.accuracy": 80, "feed.url": "https://feed.example/", "classification.type": "c2-server",
                 "classification.identifier": "zeus", "time.observation": "2024-05-17T10:20:30+00:00", "time.source": "2024-05-16T00:00:00+00:00",
                 "event_hash": "ABC", "comment": "a note", "status": "online", "raw": "w7xtbGF1dA==", "malware.name": "zeus", "malware.version": "2",
                 "malware.hash.md5": "d41d8cd98f00b204e9800998ecf8427e", "screenshot_url": "https://shots.example/1", "rtir_id": 42,
                 "source.ip": "192.0.2.1", "source.local_ip": "fd00::1", "source.tor_node": true, "source.asn": 64496,
                 "protocol.transport": "tcp", "protocol.application": "irc",
                 "destination.ip": "2001:db8::2", "destination.port": 443, "destination.tor_node": false}""", true);
        assertEquals(Json.parse("""
                {"Attach": [{"Hash": ["md5:d41d8cd98f00b204e9800998ecf8427e"], "Ref": ["malware:zeus-2"]},
                            {"Content": "\\u00c3\\u00bcmlaut", "Ref": ["https://feed.example/"], "Type": ["OrigData"]}],
                 "Category": ["Intrusion.Botnet", "Test"], "Confidence": 0.8, "Description": "Our feed: a note",
                 "DetectTime": "2024-05-17T10:20:30+00:00", "EventTime": "2024-05-16T00:00:00+00:00", "Format": "IDEA0", "Note": "a note",
                 "Ref": ["malid:zeus", "intelmq_feed:of+1%2A~", "rtir:42", "https://shots.example/1"], "RelID": "hash:ABC",
                 "Source": [{"ASN": [64496], "IP4": ["192.0.2.1"], "LocalIP6": ["fd00::1"], "Note": "online", "Proto": ["tcp", "irc"], "Type": ["CC", "Tor"]}],
                 "Target": [{"IP6": ["2001:db8::2"], "Note": "online", "Port": [443], "Proto": ["tcp", "irc"], "Type": [false]}]}"""),
                withoutId(document));
    }

    @Test
    void leavesOutWhatTheEventDoesNotSay() {
        assertEquals(Json.parse("{\"Category\": [\"Other\"], \"Confidence\": 1, \"Format\": \"IDEA0\", \"Source\": [{\"Hostname\": [\"a.example\"]}]}"),
                withoutId(document("{\"source.fqdn\": \"a.example\", \"feed.accuracy\": 100}", false)));
    }

    @Test
    void replacesNoOutput() {
        assertThrows(KeyExists.class, () -> document("{\"output\": \"1\"}", false));
    }
}
