package org.intelmq.admin;

import jakarta.ejb.EJB;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.intelmq.host.BotHost;

/** Answers when the bots are hosted: for supervisors and load balancers, without a token. */
@WebServlet("/health")
public class HealthServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @EJB
    private transient BotHost host;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        host.control().queues();
        response.setContentType("application/json");
        response.getWriter().write(Health.of(host.control().missing()));
    }
}
