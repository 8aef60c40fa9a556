package org.intelmq.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import jakarta.json.bind.Jsonb;
import java.util.List;
import java.util.Map;
import org.intelmq.administration.configuration.ApplyDraft;
import org.intelmq.administration.configuration.Edit;
import org.junit.jupiter.api.Test;

/** What clients send becomes records. */
class RequestsTest {

    private final Jsonb jsonb = new JsonAnswers().getContext(Object.class);

    @Test
    void readsEdits() {
        DraftResource.Edited edited = jsonb.fromJson("""
                {"edits": [{"op": "set", "bot": "a", "parameter": "ttl", "value": 3},
                           {"op": "set", "bot": "a", "key": "enabled", "value": false},
                           {"op": "set", "bot": "a", "parameter": "x", "value": {"b": [1, 2.5, "c", null]}},
                           {"op": "connect", "bot": "a", "to": "b", "path": "other"}]}""", DraftResource.Edited.class);
        assertEquals(new Edit("set", "a", "ttl", null, 3L, null, null, null), edited.edits().get(0));
        assertEquals(false, edited.edits().get(1).value());
        assertEquals(1L, ((List<?>) ((Map<?, ?>) edited.edits().get(2).value()).get("b")).get(0));
        assertEquals("other", edited.edits().get(3).path());
    }

    @Test
    void readsWhatIsToBeApplied() {
        ApplyDraft apply = jsonb.fromJson("""
                {"reason": "why", "version": "v", "queues": {"a-queue": {"move": "b-queue"}, "c-queue": "drain"}, "resolve": {"a.enabled": "mine"},
                 "drain_seconds": 5}""", ApplyDraft.class);
        assertEquals(Map.of("move", "b-queue"), apply.queues().get("a-queue"));
        assertEquals("mine", apply.resolve().get("a.enabled"));
        assertEquals(5, apply.drainSeconds());
        assertNull(apply.text());
    }

    @Test
    void readsAText() {
        assertEquals("a: {}\n", jsonb.fromJson("{\"text\": \"a: {}\\n\"}", ConfigurationResource.Text.class).text());
        assertEquals(true, jsonb.fromJson("{\"replace\": true}", HistoryResource.Rollback.class).replace());
    }
}
