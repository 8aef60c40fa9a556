package org.intelmq.bots;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotType;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Tick;
import org.intelmq.bot.UnavailableException;
import org.intelmq.bots.collectors.misp.MispCollector;
import org.intelmq.bots.collectors.rt.RtCollector;
import org.intelmq.bots.experts.misp.MispExpert;
import org.intelmq.bots.outputs.cif3.Cif3Output;
import org.intelmq.bots.outputs.misp.MispApiOutput;
import org.intelmq.bots.outputs.rt.RtOutput;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.network.JdkHttp;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What bots of MISP, Request Tracker and CIF do when their service answers with an error: wait until it is over, or fail, so that the
 * event is tried again and set aside in the end, or the poll is tried again at the next tick. None takes an error for an answer.
 */
@Timeout(60)
class ServiceErrorsTest {

    /** What is wrong with an answer, in the order of the table below. */
    private enum Fault {
        S401(401), S403(403), S413(413), S429(429), S500(500), S502(502), S503(503), HTML(200), CUT(200);

        private final int status;

        Fault(int status) {
            this.status = status;
        }

        void answer(HttpExchange exchange) throws IOException {
            byte[] page = "<html><body>Please log in</body></html>".getBytes(StandardCharsets.UTF_8);
            if (this == S429) {
                exchange.getResponseHeaders().set("Retry-After", "7");
            }
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(status, this == CUT ? 2L * page.length : page.length);
            exchange.getResponseBody().write(page);
            exchange.getResponseBody().flush();
            // which breaks the connection where more was announced
            exchange.close();
        }
    }

    /** What follows from each fault, by its first letter: the bot waits, or it fails. */
    private static final String TABLE = """
            bot             step                            S401   S403   S413   S429   S500   S502   S503   HTML   CUT
            misp-output     /events/restSearch              waits  waits  fails  waits  waits  waits  waits  waits  waits
            misp-output     /events/add                     waits  waits  fails  waits  waits  waits  waits  waits  waits
            misp-expert     /attributes/restSearch          fails  fails  fails  fails  fails  fails  fails  fails  fails
            misp-collector  /events/restSearch              fails  fails  fails  fails  fails  fails  fails  fails  fails
            rt-output       /REST/1.0/                      waits  waits  waits  waits  waits  waits  waits  waits  waits
            rt-output       /REST/1.0/ticket/new            waits  waits  fails  waits  fails  fails  waits  fails  fails
            rt-collector    /REST/1.0/                      fails  fails  fails  fails  fails  fails  fails  fails  fails
            rt-collector    /REST/1.0/search/ticket         fails  fails  fails  fails  fails  fails  fails  fails  fails
            cif3-output     /indicators                     waits  waits  fails  waits  waits  waits  waits  waits  waits
            """;

    @TempDir
    private Path data;

    /** @param parameters for the address of the service */
    private record Tried(BotType<?> type, Function<String, Object[]> parameters) { }

    private static final Map<String, Tried> BOTS = new LinkedHashMap<>();

    static {
        BOTS.put("misp-output", new Tried(MispApiOutput.TYPE, url -> new Object[] {"misp_url", url, "misp_key", "key", "misp_tag_for_bot", "bot",
                "significant_fields", "source.ip"}));
        BOTS.put("misp-expert", new Tried(MispExpert.TYPE, url -> new Object[] {"misp_url", url, "misp_key", "key"}));
        BOTS.put("misp-collector", new Tried(MispCollector.TYPE, url -> new Object[] {"misp_url", url, "misp_key", "key", "misp_tag_to_process", "todo"}));
        BOTS.put("rt-output", new Tried(RtOutput.TYPE, url -> new Object[] {"rt_uri", url + "REST/1.0", "rt_password", "secret"}));
        BOTS.put("rt-collector", new Tried(RtCollector.TYPE, url -> new Object[] {"uri", url + "REST/1.0"}));
        BOTS.put("cif3-output", new Tried(Cif3Output.TYPE, url -> new Object[] {"cif3_url", url, "cif3_token", "secret"}));
    }

    /** What is right at the steps before. */
    private static final Map<String, String> GOOD = Map.of("/events/restSearch", "{\"response\": []}", "/REST/1.0/", "RT/4.4.4 200 Ok\n\n");

    @TestFactory
    Stream<DynamicTest> noErrorIsTakenForAnAnswer() {
        List<DynamicTest> tests = new ArrayList<>();
        TABLE.lines().skip(1).forEach(line -> {
            String[] words = line.split("\\s+");
            tests.add(DynamicTest.dynamicTest(words[0] + " " + words[1], () -> assertEquals(List.of(words).subList(2, words.length),
                    Stream.of(Fault.values()).map(fault -> outcome(BOTS.get(words[0]), words[1], fault)).collect(Collectors.toList()), line)));
        });
        return tests.stream();
    }

    private String outcome(Tried tried, String path, Fault fault) {
        try (Service service = new Service(path, fault)) {
            work(tried.type(), tried.parameters().apply(service.url()));
            return "works";
        } catch (UnavailableException e) {
            return isExplained(e.getMessage(), fault) ? "waits" : "waits without a reason: " + e.getMessage();
        } catch (Exception e) {
            return isExplained(String.valueOf(e.getMessage()), fault) ? "fails" : "fails without a reason: " + e;
        }
    }

    /** With the address, or the system that it is of, and the status or what came instead of an answer. */
    private static boolean isExplained(String message, Fault fault) {
        boolean says = fault == Fault.CUT ? message.contains("127.0.0.1") : message.contains(Integer.toString(fault.status)) || message.contains("<html>")
                || message.contains("invalid JSON");
        return says && message.lines().count() == 1;
    }

    private <P extends Record> void work(BotType<P> type, Object[] parameters) throws Exception {
        P params = Parameters.of(type.params(), parameters);
        HttpParams http = Parameters.of(HttpParams.class, "http_timeout_max_tries", 1, "http_timeout_sec", 5);
        Bot<?> bot = type.factory().create(params, new TestContext().http(new JdkHttp(http)).dataDirectory(data));
        try (bot) {
            give(bot);
        }
    }

    @SuppressWarnings("unchecked")
    private static void give(Bot<?> bot) throws Exception {
        RecordingOutbox out = new RecordingOutbox();
        if (bot instanceof MispCollector || bot instanceof RtCollector) {
            ((Bot<Tick>) bot).process(new Tick(Instant.EPOCH), out);
        } else {
            Message event = new Event(Harmonization.standard()).add("source.ip", "192.0.2.1");
            event.identify("report-1.1");
            ((Bot<Message>) bot).process(event, out);
        }
    }

    /** Right until it is asked at the path, then as the fault says. */
    private static final class Service implements AutoCloseable {

        private final HttpServer server;

        Service(String path, Fault fault) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            server.setExecutor(Executors.newCachedThreadPool());
            server.createContext("/", exchange -> {
                exchange.getRequestBody().readAllBytes();
                String asked = exchange.getRequestURI().getPath();
                if (asked.equals(path)) {
                    fault.answer(exchange);
                    return;
                }
                byte[] good = GOOD.get(asked).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, good.length);
                exchange.getResponseBody().write(good);
                exchange.close();
            });
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
