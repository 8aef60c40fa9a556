package org.intelmq.bots.experts.asnlookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.intelmq.text.net.IpAddress;
import org.intelmq.text.net.IpNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteTableTest {

    @TempDir
    private Path directory;

    private RouteTable table(List<String> lines) throws Exception {
        return RouteTable.read(Files.write(directory.resolve("ipasn.dat"), lines));
    }

    @Test
    void agreesWithLookingThroughAllNetworks() throws Exception {
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            List<String> lines = new ArrayList<>();
            List<IpNetwork> networks = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String address = random.nextInt(2) == 0 ? (random.nextInt(3) + 253) + "." + random.nextInt(4) + "." + random.nextInt(256) + ".0"
                        : (random.nextInt(2) == 0 ? "ffff" : "2001") + ":" + random.nextInt(4) + "::" + random.nextInt(3) + ":0:0";
                IpNetwork network = IpNetwork.parse(address + "/" + (random.nextInt(address.contains(":") ? 129 : 33)), true);
                if (!networks.contains(network)) {
                    networks.add(network);
                    lines.add(network + "\t" + networks.size());
                }
            }
            RouteTable table = table(lines);
            for (int i = 0; i < 500; i++) {
                IpAddress address = IpAddress.parse(random.nextBoolean() ? (random.nextInt(4) + 252) + "." + random.nextInt(5) + "." + random.nextInt(256)
                        + "." + random.nextInt(256)
                        : (random.nextInt(2) == 0 ? "ffff" : "2001") + ":" + random.nextInt(5) + "::" + random.nextInt(4) + ":0:" + random.nextInt(2));
                IpNetwork best = null;
                for (IpNetwork network : networks) {
                    if (network.contains(address) && (best == null || network.prefix() > best.prefix())) {
                        best = network;
                    }
                }
                RouteTable.Route found = table.find(address);
                assertEquals(best, found == null ? null : found.network());
                assertEquals(best == null ? 0 : networks.indexOf(best) + 1, found == null ? 0 : found.asn());
            }
        }
    }

    @Test
    void namesALineThatIsNoRoute() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> table(List.of("; comment", "192.0.2.0/24\t1", "192.0.2.0/24 AS1")));
        assertEquals("line 3 is \"192.0.2.0/24 AS1\": expected a network and a number", e.getMessage());
    }
}
