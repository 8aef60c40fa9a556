package org.intelmq.administration.configuration;

import java.io.IOException;
import java.util.Map;
import org.intelmq.administration.Query;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;

/** The configuration in force, secrets masked. */
public record ReadConfiguration() implements Query<ReadConfiguration.Answer> {

    /**
     * @param version the same for the same text only
     * @param bots    sections by id
     * @param global  parameters of every bot
     */
    public record Answer(String text, String version, Map<String, Object> bots, Map<String, Object> global) { }

    @Override
    public Answer perform(Site site) throws IOException {
        RuntimeText now = site.store().current();
        String masked = site.store().masked(now);
        Sections sections = Sections.of(masked);
        return new Answer(masked, now.version(), sections.bots(), sections.global());
    }

    /** One bot's section. */
    public record Bot(String id) implements Query<Map<String, Object>> {

        @Override
        public Map<String, Object> perform(Site site) throws IOException {
            // says where it is broken, if it is
            site.readableConfiguration();
            Object section = new ReadConfiguration().perform(site).bots().get(id);
            if (section == null) {
                throw new Refusal(Refusal.Kind.UNKNOWN, "unknown-bot", "there is no bot '" + id + "' in runtime.yaml",
                        "List the bots with 'intelmqctl list bots --configured'.");
            }
            return RuntimeText.map(section);
        }
    }

    /** One parameter of a bot. */
    public record OneParameter(String bot, String name) implements Query<OneParameter.Value> {

        /**
         * @param value     as the bot's section or {@code global} says it; {@code null} if neither does
         * @param inherited whether from {@code global}
         */
        public record Value(Object value, boolean inherited) { }

        @Override
        public Value perform(Site site) throws IOException {
            Map<String, Object> own = RuntimeText.map(new Bot(bot).perform(site).get("parameters"));
            if (own.containsKey(name)) {
                return new Value(own.get(name), false);
            }
            return new Value(new ReadConfiguration().perform(site).global().get(name), true);
        }
    }
}
