package org.intelmq.admin;

import jakarta.ejb.EJB;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.intelmq.host.BotHost;

/**
 * For supervisors and load balancers, without a token. {@code /health} and {@code /health/ready} answer 200 while the bots are hosted, and 503
 * once they are being stopped; {@code /health/live} answers 200 for as long as the server answers, because a server that is stopping in an
 * orderly way must not be killed.
 */
@WebServlet({"/health", "/health/ready", "/health/live"})
public class HealthServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @EJB
    private transient BotHost host;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        if (request.getServletPath().equals("/health/live")) {
            response.getWriter().write("{\"status\": \"UP\"}");
            return;
        }
        if (host.isStopping()) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            response.getWriter().write("{\"status\": \"STOPPING\"}");
            return;
        }
        response.getWriter().write(Health.of(host.control().missing(), host.isConfigurationBroken()));
    }
}
