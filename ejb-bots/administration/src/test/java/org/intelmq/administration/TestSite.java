package org.intelmq.administration;

import java.time.Clock;
import java.util.Map;
import org.intelmq.administration.configuration.ConfigurationStore;
import org.intelmq.administration.configuration.Leftovers;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.control.BotControl;
import org.intelmq.engine.check.ConfigurationCheck;
import org.intelmq.engine.lend.Network;
import org.intelmq.pipeline.Installation;

/** An administration of a server in memory. */
public final class TestSite {

    private TestSite() { }

    /** @param network only made, never used */
    public static Administration administration(Installation installation, Catalogue catalogue, BotControl control, Network network) {
        return new Administration(site(installation, catalogue, control, network), new AuditLog(installation.state().resolve("audit/audit.log"),
                Clock.systemUTC()));
    }

    public static Site site(Installation installation, Catalogue catalogue, BotControl control, Network network) {
        ConfigurationCheck check = new ConfigurationCheck(installation, catalogue, Map.of(), network);
        ConfigurationStore store = new ConfigurationStore(installation, catalogue, (text, known) -> check.of(text, control.queues(), known),
                Leftovers.of(control), Clock.systemUTC());
        return new Site(control, catalogue, installation, Map.of(), () -> check.run(control.queues()), store, null, null);
    }
}
