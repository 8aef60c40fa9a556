package org.intelmq.bots.outputs.smtp;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.SmtpStub;
import org.intelmq.testing.SmtpStub.Safety;
import org.intelmq.testing.TestContext;
import org.intelmq.testing.TlsKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EndlessAnswerTest {

    @TempDir
    Path directory;

    private String failure(int port, Object... namesAndValues) throws Exception {
        List<Object> all = new ArrayList<>(List.of("smtp_host", "localhost", "smtp_port", port));
        all.addAll(List.of(namesAndValues));
        Message event = new Event(Harmonization.standard()).add("source.abuse_contact", "abuse@example.com");
        event.identify("a");
        try (SmtpOutput output = new SmtpOutput(Parameters.of(SmtpOutput.Params.class, all.toArray()), new TestContext().dataDirectory(directory))) {
            return assertThrows(UnavailableException.class, () -> output.process(event, new RecordingOutbox())).getMessage();
        }
    }

    /** Greets each client with lines of which none is the last. */
    private static ServerSocket greeter(long pauseNanos) throws IOException {
        ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> {
            try (Socket client = listening.accept()) {
                OutputStream to = client.getOutputStream();
                while (true) {
                    to.write("220-there is more to come\r\n".getBytes(StandardCharsets.US_ASCII));
                    LockSupport.parkNanos(pauseNanos);
                }
            } catch (SocketException e) {
                // the client has had enough
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, "endless-greeting");
        thread.setDaemon(true);
        thread.start();
        return listening;
    }

    @Test
    void aGreetingWithoutEndIsNotCollected() throws Exception {
        try (ServerSocket server = greeter(0)) {
            String problem = failure(server.getLocalPort(), "starttls", false);
            assertTrue(problem.contains("localhost:" + server.getLocalPort()) && problem.contains("it answered with more than 1 MiB at once"), problem);
        }
    }

    @Test
    void aSlowAnswerHasToEndInTimeToo() throws Exception {
        try (ServerSocket server = greeter(50_000_000)) {
            String problem = failure(server.getLocalPort(), "starttls", false, "mail_timeout", "400ms");
            assertTrue(problem.contains("its answer had not ended after 400 ms (mail_timeout)"), problem);
        }
    }

    @Test
    void encryptedAnswersHaveTheSameLimit() throws Exception {
        TlsKeys keys = TlsKeys.in(directory);
        for (Safety safety : Safety.values()) {
            try (SmtpStub server = new SmtpStub(safety, safety == Safety.NONE ? null : keys.context(), true)) {
                server.refuse("MAIL", "550-there is more to come\r\n".repeat(100_000) + "550 no");
                String problem = failure(server.port(), "ssl", safety == Safety.TLS, "starttls", safety == Safety.STARTTLS,
                        "ssl_ca_certificate", keys.authority().toString());
                assertTrue(problem.contains("more than 1 MiB at once"), safety + ": " + problem);
            }
        }
    }
}
