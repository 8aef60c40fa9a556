package org.intelmq.server;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import sun.misc.Signal;

/**
 * The server's process. The order of its stop: bots (health answers 503, no delivery begins, those under way end or are rolled
 * back), then the application with its broker, then the container.
 */
@Command(name = "run", description = "Runs the server in the foreground until it is stopped (Ctrl-C or SIGTERM).")
final class RunCommand implements Callable<Integer> {

    /** In which the application leaves the link for its first user. */
    private static final String WELCOME = "intelmq.welcome";
    private static final String STOP_WANTED = "intelmq.stop-wanted";
    private static final long POLL_MILLIS = 500;
    private static final long MEMORY_SECONDS = 10;
    private static final Duration USUAL_START = Duration.ofSeconds(5);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

    /** The start script has read it already, because it changes to this folder. */
    @SuppressWarnings("unused")
    @Option(names = "--root", paramLabel = "DIR",
            description = "Where etc/ and var/ are. Default: $INTELMQ_ROOT_DIR, else the folder that holds bin/.")
    private Path root;

    @Option(names = "--port", paramLabel = "N", defaultValue = "8080", description = "Port of the API and console; 0 for a free one. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(names = "--address", paramLabel = "ADDRESS", defaultValue = "127.0.0.1",
            description = "Address that the API and console listen on. Default: ${DEFAULT-VALUE}, reachable from this machine only")
    private String address;

    @Option(names = "--tls", defaultValue = "${env:INTELMQ_TLS:-false}",
            description = "Answer only over TLS (HTTPS). Without a certificate, the server creates one in var/lib/tls. Also INTELMQ_TLS=true")
    private boolean tls;

    @Option(names = "--tls-certificate", paramLabel = "FILE", defaultValue = "${env:INTELMQ_TLS_CERTIFICATE}",
            description = "Certificate for TLS in PEM format, with any intermediate certificates. Also INTELMQ_TLS_CERTIFICATE")
    private Path tlsCertificate;

    @Option(names = "--tls-key", paramLabel = "FILE", defaultValue = "${env:INTELMQ_TLS_KEY}",
            description = "Key of this certificate in PEM format (PKCS#8). Also INTELMQ_TLS_KEY")
    private Path tlsKey;

    @Option(names = "--jmx-port", paramLabel = "N",
            description = "Port for JMX, on 127.0.0.1 only; user and password are in var/run/server.json. Default: no JMX port")
    private Integer jmxPort;

    @Option(names = "--once",
            description = "Stop once the collectors have sent reports and all bots have processed them, and print how many there were.")
    private boolean once;

    @Option(names = "--standstill", paramLabel = "SECONDS", defaultValue = "60",
            description = "With --once: give up, with exit code 1, after this long without progress. Default: ${DEFAULT-VALUE}")
    private int standstill;

    @Override
    public Integer call() throws Exception {
        long started = System.nanoTime() - sinceTheProcessBegan();
        StartCode.leaveToFirstCompiler();
        var console = new Console(System.out);
        var stop = new CountDownLatch(1);
        // however often they come, and while the server starts or stops too: none cuts an orderly stop short
        for (String signal : new String[] {"TERM", "INT", "HUP"}) {
            Signal.handle(new Signal(signal), ignored -> {
                // for who waits for something while the server starts
                System.setProperty(STOP_WANTED, "true");
                stop.countDown();
            });
        }
        var layout = Layout.at(Path.of(fromScript("intelmq.root")));
        layout.create();
        Future<?> slowStart = later(USUAL_START, () -> console.starting(layout));
        ServerTls certificate = tls(layout);
        int code = 0;
        Future<?> limit;
        try (ServerLock lock = ServerLock.of(layout);
                PayaraServer server = new PayaraServer(layout, distribution(), ServerLog.open(layout, System.getenv()), address, port, certificate);
                ServerFile file = ServerFile.write(layout, server.url(), jmxPort, certificate);
                RemoteManagement jmx = RemoteManagement.at(jmxPort, file.token())) {
            server.boot();
            if (stop.getCount() > 0) {
                System.setProperty(WELCOME, "wanted");
                server.deploy();
                slowStart.cancel(false);
                console.problems(server.problems());
                console.ready(layout, server.url(), jmxPort, System.nanoTime() - started);
                StartCode.classesAreMet();
                String link = System.clearProperty(WELCOME);
                if (link != null && !link.equals("wanted")) {
                    console.welcome(server.url(), link);
                }
                code = await(stop, console);
            }
            slowStart.cancel(false);
            console.stopping();
            limit = endIn(LONGEST_STOP, code, console);
            server.stopBots().ifPresent(console::botsStopped);
        }
        // the JVM may take its time to write down the classes it has found
        limit.cancel(false);
        console.stopped();
        // the server's own threads and shutdown hook have nothing left to do
        Runtime.getRuntime().halt(code);
        return code;
    }

    /** {@code null} without TLS. */
    private ServerTls tls(Layout layout) {
        if (tlsCertificate == null != (tlsKey == null)) {
            throw new ServerException("--tls-certificate and --tls-key belong together: give both, or neither for a certificate that the server "
                    + "creates");
        }
        if (tlsCertificate != null) {
            return ServerTls.of(layout, tlsCertificate, tlsKey);
        }
        return tls ? ServerTls.selfMade(layout, address) : null;
    }

    private int await(CountDownLatch stop, Console console) throws InterruptedException {
        if (!once) {
            var memory = new QuietMemory();
            while (!stop.await(MEMORY_SECONDS, TimeUnit.SECONDS)) {
                memory.look();
            }
            return 0;
        }
        PipelineProgress progress = awaitThrough(stop, Duration.ofSeconds(standstill));
        console.through(progress);
        return progress.isThrough() ? 0 : 1;
    }

    /** A stop ends, whatever a bot or the container waits for: to end at once is as safe as a crash, which loses nothing. */
    private static Future<?> endIn(Duration time, int code, Console console) {
        return later(time, () -> {
            console.cutShort(time);
            Runtime.getRuntime().halt(code);
        });
    }

    private static Future<?> later(Duration time, Runnable action) {
        return CompletableFuture.runAsync(action, CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Twice the same: a batch that a bot has just taken up counts as waiting, so that nothing is between two bots. */
    private static PipelineProgress awaitThrough(CountDownLatch stop, Duration standstill) throws InterruptedException {
        PipelineProgress before = PipelineProgress.now();
        long since = System.nanoTime();
        while (!stop.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            PipelineProgress now = PipelineProgress.now();
            if (!now.equals(before)) {
                before = now;
                since = System.nanoTime();
            } else if (now.isThrough() || System.nanoTime() - since > standstill.toNanos()) {
                break;
            }
        }
        return before;
    }

    private static long sinceTheProcessBegan() {
        return 1_000_000 * (System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime());
    }

    /** The folder that holds {@code bin} and {@code lib}. */
    private static Path distribution() {
        return Path.of(fromScript("intelmq.home"));
    }

    private static String fromScript(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new ServerException("system property " + property + " is missing: start the server with bin/intelmq");
        }
        return value;
    }
}
