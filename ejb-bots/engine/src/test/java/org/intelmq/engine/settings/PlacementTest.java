package org.intelmq.engine.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.engine.hosted.BotFactory;
import org.intelmq.engine.settings.Placement.Servers;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementTest {

    private static final Catalogue CATALOGUE = Catalogue.load(PlacementTest.class.getClassLoader(), Path.of("none"));

    private static Placement of(String module, String parameters) {
        RuntimeConfiguration configuration = RuntimeConfiguration.parse("bot: {module: intelmq.bots." + module + ", parameters: {" + parameters + "}}",
                "runtime.yaml", Map.of());
        return new BotFactory(Installation.at(Path.of("none")), CATALOGUE, null).placement(configuration.bot("bot"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "ALL | experts.taxonomy.expert |",
            "ALL | outputs.blackhole.output |",
            "ALL | collectors.http.collector_http | http_url: 'https://feeds.example/'",
            "ALL | collectors.file.collector_file | path: /tmp, postfix: .csv, rate_limit: 300",
            // what is looked up once more is the same
            "ALL | experts.reverse_dns.expert |",
            "ONE | experts.deduplicator.expert | filter_keys: comment, filter_type: whitelist",
            "ALL | experts.deduplicator.expert | filter_keys: comment, filter_type: whitelist, redis_cache_host: redis.example",
            "ALL | experts.deduplicator.expert | filter_keys: comment, filter_type: whitelist, cache: redis",
            "ONE | experts.deduplicator.expert | filter_keys: comment, filter_type: whitelist, redis_cache_host: 127.0.0.1",
            "ALL | experts.deduplicator.expert | filter_keys: comment, filter_type: whitelist, cache: postgresql, cache_database: 'jdbc:postgresql:x'",
            "ONE | experts.taxonomy.expert | rate_limit: 1",
            "ONE | collectors.mail.collector_mail_body | mail_host: mail.example, mail_user: u, mail_password: p",
            "ONE | collectors.stomp.collector | server: stomp.example",
            // others connect to these, and choose where
            "ALL | collectors.tcp.collector | port: 5010",
            "ALL | collectors.api.collector_api | port: 5000"})
    void isWhatABotNeedsWhereNothingIsSaid(Servers expected, String module, String parameters) {
        Placement placement = of(module, parameters == null ? "" : parameters);
        assertEquals(expected, placement.servers(), module);
        assertFalse(placement.isChosen());
        assertFalse(placement.isTorn());
    }

    @Test
    void isAsTheConfigurationSays() {
        assertTrue(of("experts.taxonomy.expert", "nodes: one").isOne());
        assertEquals(Servers.ALL, of("collectors.stomp.collector", "server: stomp.example, nodes: all").servers());
        Placement named = of("experts.taxonomy.expert", "nodes: [a, b.example]");
        assertEquals(Set.of("a", "b.example"), named.names());
        assertTrue(named.includes("a") && !named.includes("c") && !named.isOne());
    }

    @Test
    void isTornWhereServersRememberEachForItself() {
        String keys = "filter_keys: comment, filter_type: whitelist, ";
        assertTrue(of("experts.deduplicator.expert", keys + "nodes: all").isTorn());
        assertTrue(of("experts.deduplicator.expert", keys + "nodes: 'a, b'").isTorn());
        assertFalse(of("experts.deduplicator.expert", keys + "nodes: a").isTorn());
        assertFalse(of("experts.deduplicator.expert", keys + "nodes: all, redis_cache_host: redis.example").isTorn());
        assertTrue(of("experts.taxonomy.expert", "nodes: all, rate_limit: 1").isTorn());
    }
}
