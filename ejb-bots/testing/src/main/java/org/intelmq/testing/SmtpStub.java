package org.intelmq.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A mail server on the loopback that keeps what it receives, and refuses what the test wants refused. Its one user is {@code user} with the
 * password {@code secret}. Thread-safe.
 */
public final class SmtpStub implements AutoCloseable {

    /** How a connection becomes safe. */
    public enum Safety { NONE, STARTTLS, TLS }

    /** What was handed in, with the envelope's addresses and the parameters of MAIL. */
    public record Mail(String from, List<String> options, List<String> to, boolean starttls, byte[] content) { }

    /** An attempt to log in. */
    public record Attempt(String mechanism, String user, String password, boolean accepted) { }

    private static final String USER = "user";
    private static final String PASSWORD = "secret";
    private static final int LONGEST_LINE = 1000;

    private final SocketServer server;
    private final Safety safety;
    private final SSLContext tls;
    private final boolean login;
    private final Map<String, String> refusals = new ConcurrentHashMap<>();
    private final List<Mail> mails = new CopyOnWriteArrayList<>();
    private final List<Attempt> attempts = new CopyOnWriteArrayList<>();

    /**
     * @param tls   with the server's key; {@code null} for none
     * @param login whether logging in is offered
     */
    public SmtpStub(Safety safety, SSLContext tls, boolean login) throws IOException {
        this.safety = safety;
        this.tls = tls;
        this.login = login;
        this.server = new SocketServer("mail server of a test", this::serve);
    }

    public int port() {
        return server.port();
    }

    /**
     * Answers with this from now on.
     *
     * @param to    {@code MAIL}, {@code DATA}, or the address of a recipient
     * @param reply such as {@code 550 no such user}
     */
    public SmtpStub refuse(String to, String reply) {
        refusals.put(to, reply);
        return this;
    }

    public List<Mail> mails() {
        return List.copyOf(mails);
    }

    public List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    private void serve(Socket plain) throws IOException {
        new Conversation(safety == Safety.TLS ? secured(plain) : plain).hold();
    }

    private Socket secured(Socket socket) throws IOException {
        SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        secure.setUseClientMode(false);
        secure.startHandshake();
        return secure;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private final class Conversation {

        private Socket socket;
        private InputStream in;
        private OutputStream out;
        private boolean starttls;
        private String from;
        private List<String> options = List.of();
        private List<String> to = new ArrayList<>();

        private Conversation(Socket socket) throws IOException {
            use(socket);
        }

        private void use(Socket other) throws IOException {
            socket = other;
            in = other.getInputStream();
            out = other.getOutputStream();
        }

        private void hold() throws IOException {
            say("220 stub ESMTP");
            for (String line = line(); line != null; line = line()) {
                String[] words = line.split(" ", 2);
                String rest = words.length > 1 ? words[1] : "";
                switch (words[0].toUpperCase(Locale.ROOT)) {
                    case "EHLO" -> greet();
                    case "STARTTLS" -> {
                        say("220 go ahead");
                        use(secured(socket));
                        starttls = true;
                    }
                    case "AUTH" -> authenticate(rest);
                    case "MAIL" -> mail(rest);
                    case "RCPT" -> recipient(rest);
                    case "DATA" -> data();
                    case "RSET" -> {
                        to = new ArrayList<>();
                        say("250 ok");
                    }
                    case "QUIT" -> {
                        say("221 bye");
                        return;
                    }
                    default -> say("250 ok");
                }
            }
        }

        private void greet() throws IOException {
            String secure = safety == Safety.STARTTLS && !starttls ? "250-STARTTLS\r\n" : "";
            say("250-stub\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n" + secure + (login ? "250-AUTH PLAIN LOGIN XOAUTH2\r\n" : "") + "250 HELP");
        }

        private void authenticate(String rest) throws IOException {
            String[] words = rest.split(" ", 2);
            String user;
            String password;
            if (words[0].equals("LOGIN")) {
                user = decoded(words.length > 1 ? words[1] : ask("VXNlcm5hbWU6"));
                password = decoded(ask("UGFzc3dvcmQ6"));
            } else {
                String[] parts = decoded(words.length > 1 ? words[1] : ask("")).split(words[0].equals("PLAIN") ? "\0" : "\1", -1);
                user = words[0].equals("PLAIN") ? parts[1] : parts[0].substring("user=".length());
                password = words[0].equals("PLAIN") ? parts[2] : parts[1].substring("auth=Bearer ".length());
            }
            boolean accepted = user.equals(USER) && password.equals(PASSWORD);
            attempts.add(new Attempt(words[0], user, password, accepted));
            say(accepted ? "235 welcome" : "535 5.7.8 Authentication credentials invalid");
        }

        private String ask(String what) throws IOException {
            say("334 " + what);
            return line();
        }

        private String decoded(String base64) {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        }

        private void mail(String rest) throws IOException {
            int end = rest.indexOf('>');
            from = rest.substring(rest.indexOf('<') + 1, end);
            options = rest.substring(end + 1).isBlank() ? List.of() : List.of(rest.substring(end + 1).strip().split(" "));
            to = new ArrayList<>();
            say(refusals.getOrDefault("MAIL", "250 ok"));
        }

        private void recipient(String rest) throws IOException {
            String address = rest.substring(rest.indexOf('<') + 1, rest.indexOf('>'));
            String refusal = refusals.get(address);
            if (refusal == null) {
                to.add(address);
            }
            say(refusal == null ? "250 ok" : refusal);
        }

        private void data() throws IOException {
            say("354 go ahead");
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            boolean tooLong = false;
            for (byte[] line = bytes(); line != null && !(line.length == 3 && line[0] == '.'); line = bytes()) {
                tooLong |= line.length > LONGEST_LINE;
                int start = line[0] == '.' ? 1 : 0;
                content.write(line, start, line.length - start);
            }
            String refusal = tooLong ? "500 Line too long (see RFC5321 4.5.3.1.6)" : refusals.get("DATA");
            if (refusal == null) {
                mails.add(new Mail(from, options, List.copyOf(to), starttls, content.toByteArray()));
            }
            say(refusal == null ? "250 ok" : refusal);
        }

        private void say(String text) throws IOException {
            out.write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        private String line() throws IOException {
            byte[] bytes = bytes();
            return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8).stripTrailing();
        }

        /** With its line end; {@code null} at the end of the stream. */
        private byte[] bytes() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                line.write(b);
                if (b == '\n') {
                    return line.toByteArray();
                }
            }
            return null;
        }
    }
}
