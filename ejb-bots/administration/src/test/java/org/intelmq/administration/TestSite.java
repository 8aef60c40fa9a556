package org.intelmq.administration;

import java.time.Clock;
import java.util.Map;
import org.intelmq.administration.configuration.ConfigurationStore;
import org.intelmq.administration.configuration.Leftovers;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.control.BotControl;
import org.intelmq.control.QueueControl;
import org.intelmq.engine.check.ConfigurationCheck;
import org.intelmq.engine.lend.Services;
import org.intelmq.engine.workbench.Workbench;
import org.intelmq.pipeline.Installation;

/** An administration of a server in memory. */
public final class TestSite {

    private TestSite() { }

    /** @param services lent to bots that are tried out */
    public static Administration administration(Installation installation, Catalogue catalogue, BotControl control, QueueControl queues, Services services) {
        return new Administration(site(installation, catalogue, control, queues, services), AuditLog.of(installation,
                Clock.systemUTC()));
    }

    public static Site site(Installation installation, Catalogue catalogue, BotControl control, QueueControl queues, Services services) {
        ConfigurationCheck check = new ConfigurationCheck(installation, catalogue, Map.of(), services);
        ConfigurationStore store = new ConfigurationStore(installation, catalogue, (text, known) -> check.of(text, control.queues(), known),
                Leftovers.of(queues), Clock.systemUTC());
        return new Site(control, catalogue, installation, Map.of(), () -> check.run(control.queues()), store,
                new Workbench(installation, catalogue, services), null, null);
    }
}
