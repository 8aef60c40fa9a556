package org.intelmq.bots.collectors.api;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
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
import org.intelmq.bot.Intake;
import org.intelmq.stream.Places;
import org.intelmq.stream.PushedMemory;
import org.intelmq.stream.ServerParams;

/** The HTTP server of one run. The library is used only here, so that it is loaded when a bot runs, and not when bots are listed. */
final class ApiServer {

    private static final int IDLE_MILLIS = (int) HttpPlaces.LEAST_TIME.toMillis();
    private static final int SERVER_THREADS = 8;
    private static final int MOST_AT_WORK = 64;

    private final ApiCollector.Params params;
    private final BotContext context;
    private final SocketFile socket;
    private final SSLContext tls;
    private final PushedMemory memory;

    /**
     * @param socket {@code null} for a port
     * @param tls    {@code null} for no encryption
     */
    ApiServer(ApiCollector.Params params, BotContext context, SocketFile socket, SSLContext tls, PushedMemory memory) {
        this.params = params;
        this.context = context;
        this.socket = socket;
        this.tls = tls;
        this.memory = memory;
    }

    /** Runs until it is interrupted. */
    void run(Intake intake) throws Exception {
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
            server.setHandler(new PushHandler(params, context, intake, places, memory));
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
            throw ServerParams.unopened(place(), e);
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
                : new ServerConnector(server, new SslConnectionFactory(encryption(), http.getProtocol()), http);
        connector.setHost(params.server().ip());
        connector.setPort(params.port());
        connector.setIdleTimeout(IDLE_MILLIS);
        return connector;
    }

    private SslContextFactory.Server encryption() {
        SslContextFactory.Server encryption = new SslContextFactory.Server();
        encryption.setSslContext(tls);
        encryption.setNeedClientAuth(params.server().wantsCertificates());
        return encryption;
    }
}
