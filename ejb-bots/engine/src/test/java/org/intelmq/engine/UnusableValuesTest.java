package org.intelmq.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Dns;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.engine.check.ConfigurationCheck;
import org.intelmq.engine.lend.Network;
import org.intelmq.network.JdkHttp;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that no run could use are refused before the first one, and all of them at once. */
class UnusableValuesTest {

    private static final Catalogue CATALOGUE = Catalogue.load(UnusableValuesTest.class.getClassLoader(), Path.of("none"));

    @TempDir
    Path root;

    private record Unused() implements Network {

        @Override
        public Http http(HttpParams params) {
            return new JdkHttp(params);
        }

        @Override
        public Dns dns() {
            throw new IllegalStateException("a check asks nobody");
        }
    }

    private List<Problem> problems(String module, String parameters) throws IOException {
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/runtime.yaml"), "bot: {group: Output, module: intelmq.bots." + module + ", parameters: {" + parameters + "}}\n");
        return new ConfigurationCheck(Installation.at(root), CATALOGUE, Map.of(), new Unused()).run(null).problems().stream()
                .filter(problem -> problem.isRefused() && "bot".equals(problem.bot())).toList();
    }

    private static List<String> parameters(List<Problem> problems) {
        return problems.stream().map(Problem::parameter).toList();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            collectors.amqp.collector_amqp          | queue_name: q, use_ssl: true, ssl_ca_certificate: none.pem | ssl_ca_certificate
            collectors.amqp.collector_amqp          | queue_name: q, connection_host: 'amqp://x'                 | connection_host
            collectors.kafka.collector              | topic: 'a b'                                               | topic
            collectors.kafka.collector              | topic: t, bootstrap_servers: 'http://x:9092'               | bootstrap_servers
            collectors.kafka.collector              | topic: t, ssl_cafile: none.pem                             | ssl_cafile
            collectors.kafka.collector              | topic: t, ssl_certfile: etc/runtime.yaml                   | ssl_certfile
            collectors.alienvault_otx.collector     | api_key: ' '                                               | api_key
            collectors.alienvault_otx.collector     | "api_key: k, http_user_agent: \\"a\\r\\nb\\""              | http_user_agent
            collectors.http.collector_http          | http_url: feeds.example/list                               | http_url
            collectors.shodan.collector_stream      | api_key: k, stream_url: /stream                            | stream_url
            collectors.mail.collector_mail_body     | mail_host: 'imaps://x', mail_user: u, mail_password: p     | mail_host
            collectors.tcp.collector                | port: 5010, ip: '<ip>'                                     | ip
            collectors.api.collector_api            | ip: '<ip>'                                                 | ip
            experts.generic_db_lookup.expert        | engine: postgresql, sslmode: on                            | sslmode
            experts.generic_db_lookup.expert        | engine: postgresql, host: 'a b'                            | host
            experts.tuency.expert                   | url: tuency.example, authentication_token: t               | url
            experts.uwhoisd.expert                  | server: 'whois://x'                                        | server
            outputs.amqptopic.output                | routing_key: k, exchange_type: tpoic                       | exchange_type
            outputs.cif3.output                     | cif3_url: 'https://x.example', cif3_token: ''              | cif3_token
            outputs.elasticsearch.output            | elastic_index: 'a b'                                       | elastic_index
            outputs.elasticsearch.output            | elastic_index: _all                                        | elastic_index
            outputs.files.output                    | suffix: /../../x                                           | suffix
            outputs.mcafee.output_esm_ip            | esm_password: p, esm_watchlist: w, esm_ip: ''              | esm_ip
            outputs.misp.output_feed                | misp_org_name: n, misp_org_uuid: 1234, output_dir: feed    | misp_org_uuid
            outputs.mongodb.output                  | database: d, collection: c, host: 'a b'                    | host
            outputs.mongodb.output                  | database: d, collection: c, ssl_ca_certificate: none.pem   | ssl_ca_certificate
            outputs.redis.output                    | redis_queue: ' '                                           | redis_queue
            outputs.rpz_file.output                 | ttl: soon                                                  | ttl
            outputs.smtp.output                     | "mail_from: \\"a@example.com\\r\\nBcc: b@example.com\\""   | mail_from
            outputs.smtp.output                     | mail_to: 'a@example.com, <b'                               | mail_to
            outputs.smtp_batch.output               | "testing_to: \\"a@example.com\\nb\\""                      | testing_to
            outputs.sql.output                      | engine: postgresql, table: events;drop                     | table
            outputs.sql.output                      | host: 'postgres://x'                                       | host
            outputs.tcp.output                      | ip: '192.0.2.1/24', port: 5010                             | ip
            outputs.templated_smtp.output           | mail_from: '', mail_to: a@example.com                      | mail_from
            outputs.udp.output                      | udp_host: 'a b', udp_port: 514, format: json               | udp_host
            """)
    void areRefused(String module, String given, String parameter) throws IOException {
        List<Problem> problems = problems(module, given.startsWith("\"") ? given.substring(1, given.length() - 1).replace("\\\"", "\"") : given);
        assertEquals(List.of(parameter), parameters(problems), problems.toString());
        assertTrue(problems.get(0).text().contains("expected"), problems.get(0).text());
    }

    /** What is odd, and works all the same. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            collectors.amqp.collector_amqp          | queue_name: q, ssl_ca_certificate: none.pem
            collectors.kafka.collector              | topic: t, bootstrap_servers: kafka.example
            collectors.http.collector_http          | http_url: 'https://a:b@[2001:db8::1]:8080/{time[%Y-%m-%d]}?ä=b c', http_url_formatting: true
            collectors.mail.collector_mail_body     | mail_host: mail_1.example., mail_user: u, mail_password: p
            experts.deduplicator.expert             | filter_keys: raw, redis_cache_host: /run/redis.sock
            experts.generic_db_lookup.expert        | engine: sqlite, host: '', user: '', database: x.db
            outputs.amqptopic.output                | routing_key: '', exchange_type: x-delayed-message
            outputs.elasticsearch.output            | elastic_index: Events-2026
            outputs.mongodb.output                  | database: d, collection: c, host: 'mongodb://a,b/?replicaSet=r'
            outputs.rpz_file.output                 | ttl: 1h30m, expire: 7d
            outputs.rt.output                       | rt_password: p, final_status: ''
            outputs.smtp.output                     | mail_from: root, mail_to: '{ev[source.abuse_contact]}'
            outputs.smtp_batch.output               | email_from: ''
            outputs.sql.output                      | engine: sqlite, host: '', table: events
            outputs.sql.output                      | engine: postgresql, table: intelmq.events
            outputs.templated_smtp.output           | mail_from: 'Desk <a@example.com>', mail_to: '{{ event["source.abuse_contact"] }}'
            """)
    void whatWorksIsNot(String module, String given) throws IOException {
        assertEquals(List.of(), problems(module, given));
    }

    @Test
    void allAreSaidAtOnce() throws IOException {
        assertEquals(Set.of("format", "udp_port", "udp_host"), Set.copyOf(parameters(problems("outputs.udp.output",
                "format: xml, udp_port: 70000, udp_host: 'a b'"))));
        // the record's, the constructor's and a file's
        assertEquals(Set.of("ttl", "expire", "test_domain", "rate_limit"), Set.copyOf(parameters(problems("outputs.rpz_file.output",
                "ttl: soon, expire: late, test_domain: 'a..b', rate_limit: often"))));
        assertEquals(Set.of("mail_from", "mail_to", "smtp_port", "ssl_ca_certificate"), Set.copyOf(parameters(problems("outputs.smtp.output",
                "mail_from: '', mail_to: '', smtp_port: x, ssl_ca_certificate: none.pem"))));
        assertEquals(Set.of("queue_name", "connection_port", "ssl_ca_certificate"), Set.copyOf(parameters(problems("collectors.amqp.collector_amqp",
                "connection_port: 0, use_ssl: true, ssl_ca_certificate: none.pem"))));
    }

    @Test
    void whatRecursIsCheckedAlike() {
        List<String> unchecked = new ArrayList<>();
        for (BotType<?> type : CATALOGUE.types()) {
            for (ParameterSchema.Parameter parameter : ParameterSchema.of(type.params()).parameters()) {
                boolean isText = parameter.type().equals("text");
                if (isText && parameter.required() && parameter.secret() && takes(type, parameter.name(), " ")
                        || isText && parameter.name().matches("(?:.+_)?(?:api_key|token|misp_key)") && takes(type, parameter.name(), "a\r\nb")
                        || isText && parameter.name().matches(".+_host|.+_ip") && takes(type, parameter.name(), "a b")
                        || isText && parameter.name().equals("table") && takes(type, parameter.name(), " ")) {
                    unchecked.add(type.module() + ' ' + parameter.name());
                }
            }
        }
        assertEquals(List.of(), unchecked);
    }

    private static boolean takes(BotType<?> type, String parameter, String value) {
        return ParameterSchema.of(type.params()).read(Map.of(parameter, value), Set.of()).problems().stream()
                .noneMatch(problem -> problem.startsWith("parameter '" + parameter + "'"));
    }
}
