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

/** The MBeans of bots and server in the server's platform MBean server. Thread-safe. */
final class BotBeans implements AutoCloseable {

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final BotControl control;
    private final Map<String, ObjectName> registered = new ConcurrentHashMap<>();

    BotBeans(BotControl control) {
        this.control = control;
    }

    void register(Collection<BotConfiguration> bots) {
        register("org.intelmq:type=Server", (ServerMXBean) control::problems);
        bots.forEach(bot -> register("org.intelmq:type=Bot,name=" + bot.id(), new BotBean(bot.id(), bot.group(), control)));
    }

    private void register(String name, Object bean) {
        registered.computeIfAbsent(name, missing -> {
            try {
                return server.registerMBean(bean, new ObjectName(name)).getObjectName();
            } catch (JMException e) {
                throw new IllegalStateException(name + " cannot be shown over JMX", e);
            }
        });
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
