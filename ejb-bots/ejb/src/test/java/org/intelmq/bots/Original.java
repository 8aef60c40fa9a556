package org.intelmq.bots;

/**
 * What IntelMQ 3.3 in Python did per CPU-second on the same kind of events, one bot in a process and no queue counted, and how
 * many times that this application aims at.
 */
enum Original {

    CSV_PARSER(6_107, 10),
    CSV_PARSER_WITH_TIME_FORMAT(8_374, 10),
    JSON_PARSER(6_509, 10),
    SHADOWSERVER_PARSER(3_379, 10),
    MODIFY(31_000, 5),
    TAXONOMY(147_000, 5),
    URL2FQDN(99_000, 5),
    RFC1918(60_000, 5),
    DEDUPLICATOR_HASH(95_000, 5),
    FILE_OUTPUT(40_000, 5),
    SERIALISE(157_000, 5),
    DESERIALISE(13_800, 5);

    final int eventsPerCpuSecond;
    final int aim;

    Original(int eventsPerCpuSecond, int aim) {
        this.eventsPerCpuSecond = eventsPerCpuSecond;
        this.aim = aim;
    }
}
