package org.intelmq.host;

import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.intelmq.control.BotControl;
import org.intelmq.pipeline.BotConfiguration;

/** The bots' MBeans in the server's platform MBean server. Thread-safe. */
final class BotBeans implements AutoCloseable {

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final BotControl control;
    private final Map<String, ObjectName> registered = new ConcurrentHashMap<>();

    BotBeans(BotControl control) {
        this.control = control;
    }

    void register(Collection<BotConfiguration> bots) {
        bots.forEach(bot -> registered.computeIfAbsent(bot.id(), id -> register(bot)));
    }

    private ObjectName register(BotConfiguration bot) {
        try {
            ObjectName name = new ObjectName("org.intelmq:type=Bot,name=" + bot.id());
            server.registerMBean(new BotBean(bot.id(), bot.group(), control), name);
            return name;
        } catch (JMException e) {
            throw new IllegalStateException("bot '" + bot.id() + "' cannot be shown over JMX", e);
        }
    }

    @Override
    public void close() {
        registered.values().forEach(name -> {
            try {
                server.unregisterMBean(name);
            } catch (JMException e) {
                throw new IllegalStateException(name + " cannot be taken out of JMX", e);
            }
        });
        registered.clear();
    }
}
