package org.intelmq.bots.collectors.tcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Intake;
import org.intelmq.bot.ListensOn;
import org.intelmq.bot.Param;
import org.intelmq.bot.StreamBot;
import org.intelmq.files.SharedMemory;
import org.intelmq.stream.Places;
import org.intelmq.stream.PushedMemory;
import org.intelmq.stream.Rate;
import org.intelmq.stream.ServerParams;

public final class TcpCollector implements StreamBot {

    public record Params(
            @Param(value = "Port to listen on.", example = "5010")
            int port,
            ServerParams server) implements ListensOn {

        @Override
        public SocketAddress listensOn() {
            return new InetSocketAddress(server.ip(), port);
        }
    }

    public static final BotType<Params> TYPE = BotType.stream("intelmq.bots.collectors.tcp.collector", "TCP",
            "Listens on a port for messages from the TCP output of another IntelMQ.", Params.class, TcpCollector::new);

    private static final int WAITING = 50;
    private static final int SECONDS_TO_END = 5;

    private final Params params;
    private final BotContext context;
    private final InetAddress address;
    private final SSLContext tls;
    private final Rate rate;
    private final PushedMemory memory;

    TcpCollector(Params params, BotContext context) {
        this(params, context, SharedMemory.OF_SERVER);
    }

    TcpCollector(Params params, BotContext context, SharedMemory memory) {
        this.params = params;
        this.context = context;
        this.address = params.server().address();
        this.tls = params.server().tls();
        this.rate = new Rate(params.server().maxRate());
        this.memory = new PushedMemory(memory, context.log());
    }

    @Override
    public void run(Intake intake) throws IOException, InterruptedException {
        Set<Socket> open = ConcurrentHashMap.newKeySet();
        ExecutorService threads = Executors.newCachedThreadPool(TcpCollector::thread);
        try (Places places = new Places(params.server().maxConnections(), context.log()); ServerSocket server = intake.closeAtStop(listen())) {
            intake.connected();
            context.log().info("Listening on " + address.getHostAddress() + ':' + params.port() + '.');
            while (true) {
                Socket client = server.accept();
                Places.Place place = places.enter(client, String.valueOf(client.getRemoteSocketAddress()), FrameConversation.LEAST_TIME);
                if (place == null) {
                    client.close();
                    continue;
                }
                open.add(client);
                threads.execute(() -> {
                    try {
                        serve(client, place, intake);
                    } finally {
                        open.remove(client);
                    }
                });
            }
        } finally {
            threads.shutdownNow();
            for (Socket client : open) {
                client.close();
            }
            threads.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
        }
    }

    private void serve(Socket client, Places.Place place, Intake intake) {
        try (client) {
            try (Socket conversation = encrypted(client)) {
                new FrameConversation(conversation, place, params.server().maxSize(), rate, context, intake, memory).hold();
            }
        } catch (IOException e) {
            if (!place.isLost()) {
                context.log().warning("The connection from " + client.getRemoteSocketAddress() + " broke off: " + e.getMessage());
            }
        } finally {
            place.close();
        }
    }

    /** Closing the plain socket below it never waits for the client, as closing an encrypted one may. */
    private Socket encrypted(Socket client) throws IOException {
        client.setSoTimeout(FrameConversation.LONGEST_SILENCE_MILLIS);
        if (tls == null) {
            return client;
        }
        SSLSocket encrypted = (SSLSocket) tls.getSocketFactory().createSocket(client, null, true);
        encrypted.setNeedClientAuth(params.server().wantsCertificates());
        encrypted.startHandshake();
        return encrypted;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "tcp-collector");
        thread.setDaemon(true);
        return thread;
    }

    private ServerSocket listen() throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(address, params.port()), WAITING);
            return server;
        } catch (IOException | IllegalArgumentException e) {
            server.close();
            throw ServerParams.unopened(params.server().ip() + ':' + params.port(), e);
        }
    }
}
