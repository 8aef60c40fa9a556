package org.intelmq.admin;

import jakarta.ejb.EJB;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.access.Decision;
import org.intelmq.access.Entrance;
import org.intelmq.access.HttpVisit;
import org.intelmq.access.OurNames;
import org.intelmq.access.Pass;
import org.intelmq.administration.Caller;
import org.intelmq.host.BotHost;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;

/** Asks the {@link Entrance} about every request, and tells the rest of the application who has been let in. */
@WebFilter(value = "/*", asyncSupported = true)
public class AccessFilter extends HttpFilter {

    /** The attribute of a request that holds its {@link Pass}; none of one that needs none. */
    static final String PASS = Pass.class.getName();
    /** The attribute of a request that holds its {@link HttpVisit}. */
    static final String VISIT = HttpVisit.class.getName();
    static final String ENTRANCE = Entrance.class.getName();

    private static final long serialVersionUID = 1L;

    @EJB
    private transient BotHost host;

    private final transient RequestBodies bodies = new RequestBodies();

    private transient volatile Entrance entrance;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        HttpVisit visit = visit(request);
        SecurityHeaders.add(response, entrance().isOverTls(visit) && !entrance().isLoopback(visit));
        Decision decision = entrance().admit(visit);
        if (decision instanceof Decision.Refuse refuse) {
            writeDown(visit, refuse);
            refuse(response, refuse);
            return;
        }
        Pass pass = ((Decision.Enter) decision).pass();
        request.setAttribute(VISIT, visit);
        request.setAttribute(ENTRANCE, entrance());
        if (pass != null) {
            request.setAttribute(PASS, pass);
            request.setAttribute(Ask.CALLER, new Caller(pass.name(), pass.role(), pass.way() + ' ' + visit.address()));
        }
        pass(visit, request, response, chain);
    }

    /** What somebody may have tried on purpose: not a page that asks again after its session has ended. */
    private void writeDown(HttpVisit visit, Decision.Refuse refuse) {
        if (refuse.status() != HttpServletResponse.SC_UNAUTHORIZED || visit.showsToken()) {
            host.administration().noteRefused(null, null, "http " + visit.address(), visit.method() + ' ' + visit.path(), refuse.code());
        }
    }

    private static HttpVisit visit(HttpServletRequest request) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        Collections.list(request.getHeaderNames()).forEach(name -> headers.put(name, Collections.list(request.getHeaders(name))));
        String target = request.getRequestURI().substring(request.getContextPath().length());
        return new HttpVisit(request.getMethod(), target, path(request), headers, request.getRemoteAddr(), request.getLocalPort(), request.isSecure());
    }

    /** Who may do something may still send too much. */
    private void pass(HttpVisit visit, HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        if (!mayHaveBody(request) || visit.path().startsWith("/health")) {
            chain.doFilter(request, response);
            return;
        }
        try {
            RequestBodies.Work work = body -> chain.doFilter(new ReadRequest(request, body), response);
            if (request.getAttribute(PASS) == null) {
                bodies.readOfUnknown(request.getInputStream(), request.getContentLengthLong(), work);
            } else {
                bodies.read(request.getInputStream(), request.getContentLengthLong(), work);
            }
        } catch (RequestBodies.Refused e) {
            // the rest of the body is not waited for
            response.setHeader("Connection", "close");
            refuse(response, new Decision.Refuse(e.status(), "body-refused", e.getMessage(), "Send it another way.", null));
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    /** HTTP/2 announces no body, and over an upgraded connection neither header need be there. */
    private static boolean mayHaveBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null || !request.getProtocol().startsWith("HTTP/1")
                || Set.of("POST", "PUT", "PATCH", "DELETE").contains(request.getMethod());
    }

    /** As the container has understood it: that of the address may be spelled in many ways. */
    private static String path(HttpServletRequest request) {
        return request.getPathInfo() == null ? request.getServletPath() : request.getServletPath() + request.getPathInfo();
    }

    private Entrance entrance() throws IOException {
        if (entrance == null) {
            entrance = host.people().entrance(new OurNames(address(host.where().run().resolve("server.json")), System.getenv(OurNames.VARIABLE)));
        }
        return entrance;
    }

    private static URI address(Path serverFile) throws IOException {
        try {
            return URI.create((String) ((Map<?, ?>) Json.parse(Files.readString(serverFile))).get("url"));
        } catch (JsonException | ClassCastException | NullPointerException | IllegalArgumentException e) {
            throw new IOException(serverFile + " is not usable: expected {\"url\": …, \"token\": …}", e);
        }
    }

    /** As a problem of RFC 9457; programs that know older versions read {@code error}. */
    private static void refuse(HttpServletResponse response, Decision.Refuse refuse) throws IOException {
        response.setStatus(refuse.status());
        if (refuse.status() == HttpServletResponse.SC_BAD_REQUEST || refuse.status() == HttpServletResponse.SC_METHOD_NOT_ALLOWED) {
            // what follows on this connection may be anything
            response.setHeader("Connection", "close");
        }
        if (refuse.status() == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Bearer");
        }
        if (refuse.delay() != null) {
            response.setHeader("Retry-After", String.valueOf(refuse.delay().plusMillis(999).toSeconds()));
        }
        response.setContentType("application/problem+json");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(Json.write(ProblemMapper.body(refuse.status(), refuse.code(), refuse.detail(), refuse.remedy())));
    }
}
