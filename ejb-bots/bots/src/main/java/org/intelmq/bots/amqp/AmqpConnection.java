package org.intelmq.bots.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.intelmq.bot.ReportSize;
import org.intelmq.bot.UnavailableException;

/** A connection with one channel. Whoever finds it broken opens another. Not thread-safe. */
public final class AmqpConnection implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 15_000;
    private static final int CLOSING_MILLIS = 5_000;
    /** The largest message that is received, in bytes; with a larger one the connection ends. */
    public static final int LARGEST = (int) Math.min(64 << 20, ReportSize.MOST);
    private static final String TOO_LARGE = "Message body is too large";

    private final AmqpParams params;
    private final Connection connection;
    private final Channel channel;
    private volatile String blocked;

    private AmqpConnection(AmqpParams params, Connection connection) throws IOException {
        this.params = params;
        this.connection = connection;
        connection.addBlockedListener(reason -> blocked = reason, () -> blocked = null);
        this.channel = connection.createChannel();
        if (channel == null) {
            throw new IOException("it opens no channel");
        }
    }

    /**
     * @param name shown to the server's operator
     * @throws UnavailableException if the server cannot be reached, or does not let us in
     */
    public static AmqpConnection open(AmqpParams params, String name) {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(params.connectionHost());
        factory.setPort(params.connectionPort());
        factory.setVirtualHost(params.connectionVhost());
        if (params.username() != null && params.password() != null) {
            factory.setUsername(params.username());
            factory.setPassword(params.password());
        }
        factory.setRequestedHeartbeat((int) Math.min(params.connectionHeartbeat().toSeconds(), 65_535));
        factory.setConnectionTimeout(TIMEOUT_MILLIS);
        factory.setHandshakeTimeout(TIMEOUT_MILLIS);
        factory.setChannelRpcTimeout(TIMEOUT_MILLIS);
        factory.setShutdownTimeout(CLOSING_MILLIS);
        factory.setMaxInboundMessageBodySize(LARGEST);
        factory.setAutomaticRecoveryEnabled(false);
        factory.setThreadFactory(AmqpConnection::thread);
        SSLContext tls = params.tls();
        Connection connection = null;
        try {
            if (tls != null) {
                factory.useSslProtocol(tls);
                factory.enableHostnameVerification();
            }
            connection = factory.newConnection(name);
            return new AmqpConnection(params, connection);
        } catch (PossibleAuthenticationFailureException e) {
            throw new UnavailableException(params + " refuses the login: check username and password (" + reason(e) + ')', e);
        } catch (IOException | TimeoutException | RuntimeException e) {
            if (connection != null) {
                connection.abort(CLOSING_MILLIS);
            }
            throw new UnavailableException(params + " cannot be reached, virtual host \"" + params.connectionVhost() + "\": " + reason(e), e);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "amqp");
        thread.setDaemon(true);
        return thread;
    }

    public Channel channel() {
        return channel;
    }

    public boolean isOpen() {
        return channel.isOpen();
    }

    /** Why the server accepts nothing now, such as a full disk; {@code null} if it does. */
    public String blocked() {
        return blocked;
    }

    /** What went wrong, in the server's words if it has said anything. */
    public static String reason(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each.getMessage() != null && each.getMessage().startsWith(TOO_LARGE)) {
                return "a message has more than the " + LARGEST + " bytes, a twentieth of the memory, that can be received: take it out of the queue, or give "
                        + "the server more memory (INTELMQ_HEAP)";
            }
            if (each instanceof ShutdownSignalException shutdown) {
                Method last = shutdown.getReason();
                if (last instanceof AMQP.Channel.Close close) {
                    return close.getReplyCode() + " " + close.getReplyText();
                }
                if (last instanceof AMQP.Connection.Close close) {
                    return close.getReplyCode() + " " + close.getReplyText();
                }
            }
        }
        return thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
    }

    @Override
    public void close() {
        connection.abort(CLOSING_MILLIS);
    }

    @Override
    public String toString() {
        return params.toString();
    }
}
