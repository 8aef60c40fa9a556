package org.intelmq.engine.settings;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Parameters of IntelMQ configurations that mean nothing here, because the server manages queues, statistics and processes. */
public final class UnusedParameters {

    private static final String BROKER = "queues are kept by the built-in broker";
    private static final String STATISTICS = "statistics are kept by the server";
    private static final String PROCESSES = "bots run within the server";

    private static final Map<String, String> REASONS = Stream.of(
            Stream.of("source", "destination").flatMap(side -> Stream.of("broker", "db", "host", "password", "port", "username",
                            "socket_timeout", "amqp_virtual_host", "amqp_exchange", "ssl")
                    .map(name -> Map.entry(side + "_pipeline_" + name, BROKER))),
            Stream.of("broker", "intelmqctl_rabbitmq_monitoring_url", "intelmqctl_rabbitmq_monitoring_username",
                    "intelmqctl_rabbitmq_monitoring_password").map(name -> Map.entry(name, BROKER)),
            Stream.of("database", "host", "password", "port").map(name -> Map.entry("statistics_" + name, STATISTICS)),
            Stream.of("process_manager", "stop_retry_limit").map(name -> Map.entry(name, PROCESSES)))
            .flatMap(entries -> entries)
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    /** Used, but not by bots. */
    private static final Set<String> ELSEWHERE = Set.of("logging_handler", "logging_syslog", "intelmqctl_check_orphaned_queues_ignore",
            "http_proxy", "https_proxy", "http_timeout_max_tries", "http_timeout_sec", "http_user_agent", "http_verify_cert",
            "ssl_ca_certificate", "destination_queues", "source_queue", "testing", "name", "accuracy", "code", "provider", "documentation");

    private UnusedParameters() { }

    /** Why the parameter is not used; {@code null} if it is not one of these. */
    public static String reason(String parameter) {
        return REASONS.get(parameter);
    }

    public static boolean isKnown(String parameter) {
        return REASONS.containsKey(parameter) || ELSEWHERE.contains(parameter);
    }
}
