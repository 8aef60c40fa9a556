package org.intelmq.conformance.outside;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.intelmq.replay.Markers;
import org.intelmq.replay.Plain;

/** Clients of a bot that listens: on a port that is free, unless the case was recorded with one that was not. */
abstract class ClientsOutside implements Outside {

    private final Path folder;
    private final ServerSocket taken;
    private final int port;

    ClientsOutside(Map<String, Object> record, Path folder) throws IOException {
        this.folder = folder;
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        this.port = socket.getLocalPort();
        boolean inUse = String.valueOf(Plain.map(record.get("init_error")).get("message")).contains("already in use");
        this.taken = inUse ? socket : null;
        if (!inUse) {
            socket.close();
        }
    }

    int port() {
        return port;
    }

    @Override
    public Map<String, Object> places() {
        Map<String, Object> places = new LinkedHashMap<>();
        places.put(PORT, (long) port);
        places.put("root", folder.toString());
        return places;
    }

    static byte[] bytes(Object content) {
        return content == null ? new byte[0] : content instanceof Markers.Bytes marked ? marked.content()
                : content.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        if (taken != null) {
            taken.close();
        }
    }
}
