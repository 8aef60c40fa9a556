package org.intelmq.bots.collectors.api;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Intake;
import org.intelmq.bot.ListensOn;
import org.intelmq.bot.Param;
import org.intelmq.bot.StreamBot;
import org.intelmq.bot.UnavailableException;
import org.intelmq.stream.Places;
import org.intelmq.stream.ServerParams;

public final class ApiCollector implements StreamBot {

    public record Params(
            @Param(value = "Port to listen on.", byDefault = "5000")
            int port,
            @Param(value = "Whether to listen on a Unix socket instead.", byDefault = "false")
            boolean useSocket,
            @Param(value = "Path of the socket.", byDefault = "/tmp/imq_api_default_socket")
            Path socketPath,
            @Param(value = "The socket's permissions, as an octal number.", byDefault = "600")
            String socketPerms,
            @Param(value = "The socket's group; by default that of the server.", optional = true)
            String socketGroup,
            @Param(value = "Organisation that provides the feed (feed.provider).", byDefault = "APICollector")
            String provider,
            @Param(value = "Tokens, one of which a request must send as Authorization: Bearer TOKEN; without tokens, every request is accepted.",
                    byDefault = "", secret = true)
            List<String> authToken,
            ServerParams server) implements ListensOn {

        @Override
        public SocketAddress listensOn() {
            return useSocket ? UnixDomainSocketAddress.of(socketPath.toAbsolutePath().normalize()) : new InetSocketAddress(server.ip(), port);
        }
    }

    public static final BotType<Params> TYPE = BotType.stream("intelmq.bots.collectors.api.collector_api", "API",
            "Listens for HTTP requests: each POST to /intelmq/push becomes a report.", Params.class, ApiCollector::new);

    private static final int IDLE_MILLIS = (int) HttpPlaces.LEAST_TIME.toMillis();
    private static final int SERVER_THREADS = 8;
    private static final int MOST_AT_WORK = 64;

    private final Params params;
    private final BotContext context;
    private final UnixSocket socket;
    private final SslContextFactory.Server tls;

    ApiCollector(Params params, BotContext context) {
        this.params = params;
        this.context = context;
        this.socket = params.useSocket() ? new UnixSocket(params.socketPath(), params.socketPerms(), params.socketGroup()) : null;
        this.tls = params.useSocket() || params.server().tls() == null ? null : tls(params.server());
        boolean open = params.authToken().stream().allMatch(String::isBlank) && !params.server().wantsCertificates();
        if (!params.server().address().isLoopbackAddress() && !params.useSocket() && open) {
            context.log().warning("Parameter 'auth_token' is not set, and parameter 'ip' is \"" + params.server().ip()
                    + "\": everybody who reaches this machine can send reports. Set auth_token, or ip to 127.0.0.1.");
        }
    }

    private static SslContextFactory.Server tls(ServerParams params) {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setSslContext(params.tls());
        tls.setNeedClientAuth(params.wantsCertificates());
        return tls;
    }

    @Override
    public void run(Intake intake) throws Exception {
        QueuedThreadPool threads = new QueuedThreadPool(SERVER_THREADS + Math.min(MOST_AT_WORK, params.server().maxConnections()), SERVER_THREADS);
        threads.setName("api-collector");
        threads.setDaemon(true);
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.addCustomizer(new SecureRequestCustomizer(false));
        try (Places limited = new Places(params.server().maxConnections(), context.log())) {
            HttpPlaces places = new HttpPlaces(limited);
            Connector connector = connector(server, new HttpConnectionFactory(http));
            connector.addBean(places);
            server.addConnector(connector);
            server.setHandler(new PushHandler(params, context, intake, places));
            start(server);
            intake.connected();
            context.log().info("Listening on " + place() + '.');
            new CountDownLatch(1).await();
        } finally {
            server.stop();
        }
    }

    private void start(Server server) throws Exception {
        try {
            server.start();
            if (socket != null) {
                socket.restrict();
            }
        } catch (IOException e) {
            throw new UnavailableException("cannot listen on " + place() + ": " + e.getMessage() + "; is another program or bot listening there?", e);
        }
    }

    private String place() {
        return socket != null ? socket.toString() : params.server().ip() + ':' + params.port();
    }

    private Connector connector(Server server, HttpConnectionFactory http) throws IOException {
        if (socket != null) {
            return socket.connector(server, http, IDLE_MILLIS);
        }
        ServerConnector connector = tls == null ? new ServerConnector(server, http)
                : new ServerConnector(server, new SslConnectionFactory(tls, http.getProtocol()), http);
        connector.setHost(params.server().ip());
        connector.setPort(params.port());
        connector.setIdleTimeout(IDLE_MILLIS);
        return connector;
    }
}
