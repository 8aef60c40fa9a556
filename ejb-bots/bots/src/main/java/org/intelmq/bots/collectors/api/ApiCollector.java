package org.intelmq.bots.collectors.api;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Intake;
import org.intelmq.bot.ListensOn;
import org.intelmq.bot.Param;
import org.intelmq.bot.StreamBot;
import org.intelmq.files.SharedMemory;
import org.intelmq.stream.PushedMemory;
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

    private final Params params;
    private final BotContext context;
    private final SocketFile socket;
    private final SSLContext tls;
    private final PushedMemory memory;

    ApiCollector(Params params, BotContext context) {
        this(params, context, SharedMemory.OF_SERVER);
    }

    ApiCollector(Params params, BotContext context, SharedMemory memory) {
        this.memory = new PushedMemory(memory, context.log());
        this.params = params;
        this.context = context;
        this.socket = params.useSocket() ? new SocketFile(params.socketPath(), params.socketPerms(), params.socketGroup()) : null;
        this.tls = params.useSocket() ? null : params.server().tls();
        boolean open = params.authToken().stream().allMatch(String::isBlank) && !params.server().wantsCertificates();
        if (!params.server().address().isLoopbackAddress() && !params.useSocket() && open) {
            context.log().warning("Parameter 'auth_token' is not set, and parameter 'ip' is \"" + params.server().ip()
                    + "\": everybody who reaches this machine can send reports. Set auth_token, or ip to 127.0.0.1.");
        }
    }

    @Override
    public void run(Intake intake) throws Exception {
        new ApiServer(params, context, socket, tls, memory).run(intake);
    }
}
