package org.intelmq.bot;

/** The four kinds of bots, in the order in which messages pass them. */
public enum BotGroup {
    COLLECTOR("Collector", CollectorParams.class),
    PARSER("Parser", ParserParams.class),
    EXPERT("Expert", NoParams.class),
    OUTPUT("Output", NoParams.class);

    private final String title;
    private final Class<? extends Record> commonParams;

    BotGroup(String title, Class<? extends Record> commonParams) {
        this.title = title;
        this.commonParams = commonParams;
    }

    /** As {@code runtime.yaml} spells it: {@code Collector}. */
    public String title() {
        return title;
    }

    /** Parameters that every bot of the group has, acted on by the host. */
    public Class<? extends Record> commonParams() {
        return commonParams;
    }
}
