package org.intelmq.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.intelmq.message.Json;
import org.junit.jupiter.api.Test;

class StartingPageTest {

    private static final String ADDRESS = "127.0.0.1";

    private static HttpURLConnection asked(int port, String method, String path) throws IOException {
        HttpURLConnection request = (HttpURLConnection) URI.create("http://" + ADDRESS + ":" + port + path).toURL().openConnection();
        request.setRequestMethod(method);
        return request;
    }

    @Test
    void saysThatTheServerStartsAndHowFarItIs() throws IOException {
        try (StartingPage page = new StartingPage(ADDRESS, 0, null)) {
            int port = page.port();
            page.step("the bots");
            for (String path : new String[] {"/health", "/metrics", "/api/v1/bots/status", "/"}) {
                HttpURLConnection request = asked(port, "GET", path);
                assertEquals(503, request.getResponseCode(), path);
                assertTrue(Integer.parseInt(request.getHeaderField("Retry-After")) > 0);
                Map<?, ?> answer = (Map<?, ?>) Json.parse(new String(request.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
                assertEquals("STARTING", answer.get("status"));
                assertEquals("the bots", answer.get("step"));
                assertTrue((Long) answer.get("seconds") >= 0);
            }
            assertEquals(503, asked(port, "POST", "/api/v1/bots/start").getResponseCode());
            assertEquals(503, asked(port, "HEAD", "/health").getResponseCode());
            assertEquals(503, asked(port, "GET", "/health/ready").getResponseCode());
            assertEquals(200, asked(port, "GET", "/health/live").getResponseCode());
        }
    }

    @Test
    void leavesThePortToTheApplication() throws IOException {
        StartingPage page = new StartingPage(ADDRESS, 0, null);
        int port = page.port();
        assertEquals(503, asked(port, "GET", "/health").getResponseCode());
        page.close();
        try (ServerSocket application = new ServerSocket()) {
            application.bind(new InetSocketAddress(ADDRESS, port));
        }
    }

    @Test
    void refusesAPortThatIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket()) {
            other.bind(new InetSocketAddress(ADDRESS, 0));
            ServerException problem = assertThrows(ServerException.class, () -> new StartingPage(ADDRESS, other.getLocalPort(), null));
            assertTrue(problem.getMessage().contains("end the program that holds it, or choose another with --port"), problem.getMessage());
        }
    }
}
