package org.intelmq.upgrade;

/**
 * One change that a newer version asks of a configuration.
 *
 * @param name  IntelMQ's, under which {@code state.json} keeps whether it was done
 * @param title one line for people
 */
record Upgrade(String name, String title, Step step) {

    /** What a step makes of the configuration, which it may change in place. */
    @FunctionalInterface
    interface Step {

        /**
         * Returns {@code null} if there was nothing to do, {@code true} if something was changed, or text saying what is left for people.
         *
         * @throws IncompleteConfigurationException if something every configuration has is missing
         */
        Object apply(Configuration configuration);
    }
}
