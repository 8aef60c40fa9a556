package org.intelmq.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.PlatformManagedObject;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import jdk.management.jfr.FlightRecorderMXBean;
import org.intelmq.message.Json;

/** Looks into a server's virtual machine over JMX. */
final class ServerJmx implements AutoCloseable {

    private final JMXConnector connector;

    private ServerJmx(JMXConnector connector) {
        this.connector = connector;
    }

    @SuppressWarnings("BanJNDI") // our own server, with its token
    static ServerJmx of(Path root) throws IOException {
        Map<?, ?> server = (Map<?, ?>) Json.parse(Files.readString(root.resolve("var/run/server.json")));
        String[] credentials = {(String) server.get("jmx_user"), (String) server.get("token")};
        return new ServerJmx(JMXConnectorFactory.connect(
                new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + server.get("jmx_port") + "/jmxrmi"),
                Map.of(JMXConnector.CREDENTIALS, credentials)));
    }

    long heapAfterCollection() throws IOException {
        MemoryMXBean memory = bean(MemoryMXBean.class);
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    int threads() throws IOException {
        return bean(ThreadMXBean.class).getThreadCount();
    }

    long fileDescriptors() throws IOException {
        return bean(UnixOperatingSystemMXBean.class).getOpenFileDescriptorCount();
    }

    FlightRecorderMXBean recorder() throws IOException {
        return bean(FlightRecorderMXBean.class);
    }

    private <T extends PlatformManagedObject> T bean(Class<T> type) throws IOException {
        return ManagementFactory.getPlatformMXBean(connector.getMBeanServerConnection(), type);
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
