package org.intelmq.ctl;

/** Bots that are handled together, as the command line spells them. */
enum Group {
    collectors("Collector"),
    parsers("Parser"),
    experts("Expert"),
    outputs("Output");

    private final String title;

    Group(String title) {
        this.title = title;
    }

    /** As {@code runtime.yaml} spells it. */
    String title() {
        return title;
    }
}
