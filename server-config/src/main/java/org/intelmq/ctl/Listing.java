package org.intelmq.ctl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.control.CatalogueDetails;
import org.intelmq.engine.CommonParameters;
import org.intelmq.pipeline.BotConfiguration;

/** Lists bots; each method returns the exit code. */
final class Listing {

    private final Session session;
    private final Output output;

    Listing(Session session) {
        this.session = session;
        this.output = session.output();
    }

    /** All bots that exist. */
    int catalogue() {
        Map<String, Object> groups = ListedBots.of(session);
        groups.forEach((group, bots) -> {
            output.show("\n======== " + group + " ========\n");
            ((Map<?, ?>) bots).forEach((name, bot) ->
                    output.show("Bot ID: " + name + "\nDescription: " + ((Map<?, ?>) bot).get("description")));
        });
        output.hint("\n'intelmqctl list bots --details' shows each bot's module and parameters for runtime.yaml.");
        output.result(groups);
        return 0;
    }

    /** All bots that exist, with everything that they declare. */
    int details() {
        if (output.isText()) {
            output.show(CatalogueDetails.markdown(session.catalogue(), CommonParameters.all()));
        }
        output.result(CatalogueDetails.of(session.catalogue()));
        return 0;
    }

    /** The bots in {@code runtime.yaml}. */
    int configured(boolean enabledOnly) {
        List<Object> bots = new ArrayList<>();
        for (String id : session.bots(null)) {
            BotConfiguration bot = session.configuration().bot(id);
            if (!enabledOnly || bot.enabled()) {
                output.show(output.isQuiet() || enabledOnly ? id : "Bot ID: " + id + "\nDescription: " + bot.description());
            }
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("id", id);
            entry.put("description", bot.description());
            bots.add(entry);
        }
        output.result(bots);
        return 0;
    }
}
