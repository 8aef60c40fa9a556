package org.intelmq.admin;

import jakarta.ejb.EJB;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.intelmq.access.Role;
import org.intelmq.administration.Caller;
import org.intelmq.host.BotHost;
import org.intelmq.message.Json;

/**
 * Lets in what carries a token that is enough for it in {@code Authorization}; {@code /health} and the console's files are open to all,
 * and IntelMQ's interface looks after itself.
 */
@WebFilter("/*")
public class AccessFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @EJB
    private transient BotHost host;

    private final transient RequestBody bodies = new RequestBody();

    private transient volatile Access access;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        if (isOpen(request)) {
            chain.doFilter(request, response);
        } else if (!access().isOurName(request.getHeader("Host"))) {
            refuse(response, HttpServletResponse.SC_FORBIDDEN, "the host '" + request.getHeader("Host")
                    + "' is not allowed: use localhost, or name it in the environment variable INTELMQ_HTTP_HOSTS");
        } else if (!hasOwnLogin(request) && !access().isAllowed(request.getHeader("Authorization"), request.getMethod(), path(request))) {
            response.setHeader("WWW-Authenticate", "Bearer");
            refuse(response, HttpServletResponse.SC_UNAUTHORIZED,
                    "the header Authorization must hold the token of var/run/server.json; figures may be read with that of etc/metrics.token too");
        } else {
            // whoever holds the server's token may do everything; that for reading opens no address where something can be changed
            request.setAttribute(Ask.CALLER, new Caller("intelmqctl", Role.ADMIN, "rest " + request.getRemoteAddr()));
            pass(request, response, chain);
        }
    }

    /** Who may do something may still send too much. */
    private void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        try {
            bodies.read(request.getInputStream(), request.getContentLengthLong(), body -> chain.doFilter(new ReadRequest(request, body), response));
        } catch (RequestBody.Refused e) {
            // the rest of the body is not waited for
            response.setHeader("Connection", "close");
            refuse(response, e.status(), e.getMessage());
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    private static boolean isOpen(HttpServletRequest request) {
        return path(request).equals("/health") || ConsoleServlet.serves(path(request));
    }

    /** IntelMQ's interface has users of its own, and the pages of its web manager are no secret. */
    private static boolean hasOwnLogin(HttpServletRequest request) {
        return path(request).matches("(?:/intelmq)?/v1/.*|/intelmq-manager(?:/.*)?");
    }

    /** As the container has understood it: that of the address may be spelled in many ways. */
    private static String path(HttpServletRequest request) {
        return request.getPathInfo() == null ? request.getServletPath() : request.getServletPath() + request.getPathInfo();
    }

    private Access access() throws IOException {
        if (access == null) {
            Path serverFile = host.where().run().resolve("server.json");
            access = Access.of(serverFile, new ReadingToken(host.where().etc().resolve("metrics.token")), System.getenv());
        }
        return access;
    }

    private static void refuse(HttpServletResponse response, int status, String reason) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(Json.write(Map.of("error", reason)));
    }
}
