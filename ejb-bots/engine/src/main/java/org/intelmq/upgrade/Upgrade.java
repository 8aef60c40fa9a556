package org.intelmq.upgrade;

/**
 * One change that a newer version makes to a configuration.
 *
 * @param name IntelMQ's name for it, under which {@code state.json} records whether it was done
 * @param title one line for people
 */
record Upgrade(String name, String title, Step step) {

    /** What a step does to the configuration, which it may change in place. */
    @FunctionalInterface
    interface Step {

        /**
         * Returns {@code null} if there was nothing to do, {@code true} if something was changed, or text saying what is left for people.
         *
         * @throws IncompleteConfigurationException if something that every configuration has is missing
         */
        Object apply(Configuration configuration);
    }
}
