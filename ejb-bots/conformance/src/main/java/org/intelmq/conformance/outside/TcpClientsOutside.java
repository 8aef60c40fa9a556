package org.intelmq.conformance.outside;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.replay.Comparison;
import org.intelmq.replay.Plain;
import org.intelmq.replay.StreamSource;

/** Clients that connect to a bot one after the other, and what they are answered. */
final class TcpClientsOutside extends ClientsOutside {

    /** {@code tcp_clients} in {@code given}, {@code answers} in {@code sent}. */
    static final OutsideKind KIND = OutsideKind.of(Set.of("tcp_clients"), Set.of("answers"), TcpClientsOutside::start);

    private static final int LONGEST_SILENCE_MILLIS = 10_000;

    private final List<Object> clients;
    private final List<Object> answers = new ArrayList<>();

    private TcpClientsOutside(Map<String, Object> record, Path folder) throws IOException {
        super(record, folder);
        this.clients = Plain.list(Plain.map(record.get("given")).get("tcp_clients"));
    }

    @Override
    public StreamSource source() {
        return () -> {
            for (Object script : clients) {
                answers.add(speak(Plain.list(script)));
            }
        };
    }

    private List<Object> speak(List<Object> script) throws Exception {
        List<Object> answered = new ArrayList<>();
        try (Socket client = new Socket("127.0.0.1", port())) {
            client.setSoTimeout(LONGEST_SILENCE_MILLIS);
            for (Object step : script) {
                List<Object> words = step instanceof List<?> ? Plain.list(step) : List.of(step);
                try {
                    act(words, client, answered);
                } catch (IOException e) {
                    answered.add(Map.of("error", e.getClass().getSimpleName()));
                }
            }
        }
        return answered;
    }

    private static void act(List<Object> words, Socket client, List<Object> answered) throws IOException, InterruptedException {
        InputStream in = client.getInputStream();
        switch (words.get(0).toString()) {
            case "send" -> client.getOutputStream().write(bytes(words.get(1)));
            case "wait" -> Thread.sleep((long) (1000 * ((Number) words.get(1)).doubleValue()));
            case "shutdown" -> client.shutdownOutput();
            case "close" -> client.close();
            case "reset" -> {
                client.setSoLinger(true, 0);
                client.close();
            }
            case "answer" -> {
                byte[] buffer = new byte[1024];
                int length = in.read(buffer);
                answered.add(new String(buffer, 0, Math.max(0, length), StandardCharsets.UTF_8));
            }
            case "rest" -> answered.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            default -> throw new IllegalArgumentException("a client that does " + words);
        }
    }

    private static Outside start(Map<String, Object> record, Path folder) throws IOException {
        return new TcpClientsOutside(record, folder);
    }

    @Override
    public void compare(Map<String, Object> record, Comparison comparison) {
        comparison.compare("sent.answers", Plain.map(record.get("sent")).get("answers"), answers);
    }
}
