package org.intelmq.server.outside;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Network namespaces of a test, each like a host with one cable into the same switch. Needs root, and a kernel that lets it. What was made is
 * taken down at the end, also when the test's JVM ends before.
 */
public final class Networks implements AutoCloseable {

    private static final int LONGEST_COMMAND_SECONDS = 20;

    private final String prefix = "iq" + ProcessHandle.current().pid() % 100_000;
    private final String network = "10.213." + ProcessHandle.current().pid() % 250 + '.';
    private final List<Host> hosts = new ArrayList<>();
    private final Thread atExit = new Thread(this::takeDown);

    /** One of them. */
    public static final class Host {

        private final String name;
        private final String address;

        private Host(String name, String address) {
            this.name = name;
            this.address = address;
        }

        public String address() {
            return address;
        }

        /** What a command begins with that runs there. */
        public List<String> inside() {
            return List.of("ip", "netns", "exec", name);
        }

        /** Nothing goes in or out, and nobody is told. */
        public void cutOff() throws IOException, InterruptedException {
            run("ip", "link", "set", name, "down");
        }

        public void heal() throws IOException, InterruptedException {
            run("ip", "link", "set", name, "up");
        }
    }

    private Networks() { }

    /** @throws IOException with the reason, if this is not possible here */
    public static Networks make() throws IOException, InterruptedException {
        Networks networks = new Networks();
        Runtime.getRuntime().addShutdownHook(networks.atExit);
        try {
            run("ip", "link", "add", networks.prefix, "type", "bridge");
            run("ip", "addr", "add", networks.gateway() + "/24", "dev", networks.prefix);
            run("ip", "link", "set", networks.prefix, "up");
            networks.add();
        } catch (IOException e) {
            networks.close();
            throw e;
        }
        return networks;
    }

    /** Where the test itself is, for all of them. */
    public String gateway() {
        return network + 1;
    }

    /** All their addresses, as CIDR. */
    public String range() {
        return network + "0/24";
    }

    public Host add() throws IOException, InterruptedException {
        String name = prefix + 'h' + hosts.size();
        Host host = new Host(name, network + (hosts.size() + 2));
        hosts.add(host);
        run("ip", "netns", "add", name);
        run("ip", "-n", name, "link", "set", "lo", "up");
        run("ip", "link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", name);
        run("ip", "link", "set", name, "master", prefix);
        run("ip", "link", "set", name, "up");
        run("ip", "-n", name, "addr", "add", host.address() + "/24", "dev", "eth0");
        run("ip", "-n", name, "link", "set", "eth0", "up");
        return host;
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (!process.waitFor(LONGEST_COMMAND_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
    }

    private void takeDown() {
        hosts.forEach(host -> tryTo("ip", "link", "del", host.name));
        hosts.forEach(host -> tryTo("ip", "netns", "del", host.name));
        tryTo("ip", "link", "del", prefix);
    }

    private static void tryTo(String... command) {
        try {
            run(command);
        } catch (IOException e) {
            System.out.println("left over: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        takeDown();
    }
}
