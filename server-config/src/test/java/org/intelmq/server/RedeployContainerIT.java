package org.intelmq.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.intelmq.jms.RunningBroker;
import org.intelmq.server.testing.NumberedFeed;
import org.intelmq.server.testing.ServerProcess;
import org.intelmq.server.testing.TwoOutputs;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The application is undeployed and deployed again, at random moments, while events wait in its queues: nothing is lost. No launcher
 * stops the bots before, so the container alone says when. {@code -Dstops=25} for the long run.
 */
@ExtendWith(ArquillianExtension.class)
class RedeployContainerIT {

    private static final String APPLICATION = "application";
    private static final int STOPS = Integer.getInteger("stops", 2);
    private static final long SEED = Long.getLong("seed", 20261128L);
    private static final int ROWS = 5_000;
    private static final int LONGEST_BACKLOG_MILLIS = 1000;
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(5);

    @ArquillianResource
    private Deployer deployer;

    private final Path root = Path.of(System.getProperty("intelmq.root"));

    @Deployment(name = APPLICATION, managed = false, testable = false)
    static EnterpriseArchive application() {
        return ShrinkWrap.createFromZipFile(EnterpriseArchive.class, ServerProcess.distribution().resolve("lib/intelmq.ear").toFile());
    }

    @AfterEach
    void tidyUp() throws IOException {
        Files.writeString(root.resolve("etc/runtime.yaml"), "global: {}\n");
    }

    @Test
    void losesAndDoublesNothingWhenItIsDeployedAgain() throws Exception {
        configure();
        NumberedFeed feed = new NumberedFeed(root);
        Random random = new Random(SEED);
        int withBacklog = 0;
        for (int stop = 0; stop < STOPS; stop++) {
            deployer.deploy(APPLICATION);
            feed.add(ROWS);
            await().atMost(LONG_ENOUGH).pollInterval(Duration.ofMillis(10)).until(RedeployContainerIT::eventsWait);
            LockSupport.parkNanos(random.nextInt(LONGEST_BACKLOG_MILLIS) * 1_000_000L);
            withBacklog += eventsWait() ? 1 : 0;
            deployer.undeploy(APPLICATION);
        }
        deployer.deploy(APPLICATION);
        await().atMost(LONG_ENOUGH).pollInterval(Duration.ofMillis(200)).until(() -> feed.isTakenUp()
                && Stream.of("parser-queue", "file-queue", "database-queue").allMatch(queue -> RunningBroker.get().length(queue) == 0));
        deployer.undeploy(APPLICATION);

        int inFile = NumberedFeed.rowsIn(root.resolve("var/out/events.txt")).size();
        long[] inDatabase = inDatabase();
        String result = ("deployed again %d times, %d of them with events waiting: attempted %d, "
                + "lost %d in the database and %d in the file, doubled %d in the database")
                .formatted(STOPS, withBacklog, feed.rows(), feed.rows() - inDatabase[1], feed.rows() - inFile, inDatabase[0] - inDatabase[1]);
        System.out.println(result);
        assertEquals(feed.rows(), inFile, result);
        assertEquals(feed.rows(), inDatabase[1], result);
        assertEquals(feed.rows(), inDatabase[0], result);
        assertTrue(withBacklog > 0, result);
    }

    private static boolean eventsWait() {
        return Stream.of("file-queue", "database-queue").anyMatch(queue -> RunningBroker.get().length(queue) > 0);
    }

    private void configure() throws IOException {
        TwoOutputs.configure(root);
        Files.deleteIfExists(root.resolve("var/lib/running-bots"));
    }

    /**
     * All rows, and the different ones. An undeployed application holds the file no more.
     * The driver is the application's, which this test does not share.
     */
    private long[] inDatabase() throws Exception {
        Path driver;
        try (Stream<Path> jars = Files.list(ServerProcess.distribution().resolve("lib/command-line"))) {
            driver = jars.filter(jar -> jar.getFileName().toString().matches("h2-\\d.*\\.jar")).findAny().orElseThrow();
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {driver.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            Properties user = new Properties();
            user.put("user", "intelmq");
            user.put("password", "");
            Driver h2 = (Driver) loader.loadClass("org.h2.Driver").getConstructor().newInstance();
            try (Connection connection = h2.connect("jdbc:h2:file:" + root.resolve("var/out/events") + ";DATABASE_TO_UPPER=FALSE", user);
                    Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SELECT count(*), count(DISTINCT \"comment\") FROM events")) {
                result.next();
                return new long[] {result.getLong(1), result.getLong(2)};
            }
        }
    }
}
