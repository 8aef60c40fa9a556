package org.intelmq.host;

import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.intelmq.administration.Administration;
import org.intelmq.control.BotControl;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.Problem;

/** The MBeans of bots and server in the server's platform MBean server. Thread-safe. */
final class BotBeans implements AutoCloseable {

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final BotControl control;
    private final JmxCalls calls;
    private final Supplier<String> stop;
    private final List<Problem> ofTheServer;
    private final Map<String, ObjectName> registered = new HashMap<>();

    /**
     * @param stop stops all bots, and says what waits
     * @param ofTheServer problems that do not belong to a bot
     */
    BotBeans(BotControl control, Administration administration, Supplier<String> stop, List<Problem> ofTheServer) {
        this.control = control;
        this.calls = new JmxCalls(administration);
        this.stop = stop;
        this.ofTheServer = ofTheServer;
    }

    /** Shows the server and exactly these bots. */
    synchronized void show(Collection<BotConfiguration> bots) {
        Map<String, Supplier<Object>> wanted = new LinkedHashMap<>();
        wanted.put("org.intelmq:type=Server", () -> new ServerBean(this::problems, stop));
        bots.forEach(bot -> wanted.put("org.intelmq:type=Bot,name=" + bot.id(), () -> new BotBean(bot.id(), bot.group(), control, calls)));
        List.copyOf(registered.keySet()).stream().filter(name -> !wanted.containsKey(name)).forEach(this::unregister);
        wanted.forEach(this::register);
    }

    private List<String> problems() {
        return Stream.concat(ofTheServer.stream(), control.problems().stream()).filter(problem -> problem.severity().concernsTheStart())
                .map(Problem::text).toList();
    }

    private void register(String name, Supplier<Object> bean) {
        registered.computeIfAbsent(name, missing -> {
            try {
                return server.registerMBean(bean.get(), new ObjectName(name)).getObjectName();
            } catch (JMException e) {
                throw new IllegalStateException(name + " cannot be shown over JMX", e);
            }
        });
    }

    private void unregister(String name) {
        try {
            server.unregisterMBean(registered.remove(name));
        } catch (JMException e) {
            throw new IllegalStateException(name + " cannot be taken out of JMX", e);
        }
    }

    @Override
    public synchronized void close() {
        List.copyOf(registered.keySet()).forEach(this::unregister);
    }
}
