package org.intelmq.admin;

import jakarta.ejb.EJB;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.intelmq.host.BotHost;
import org.intelmq.manager.Answer;
import org.intelmq.manager.ManagerApi;
import org.intelmq.manager.Request;
import org.intelmq.pipeline.Installation;

/** IntelMQ's REST interface, where its web manager looks for it, and without the prefix. Passes requests on, and answers back. */
@WebServlet({"/intelmq/v1/*", "/v1/*"})
public class ManagerServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String PREFIX = "/intelmq";
    private static final String LOCATION = "location";

    @EJB
    private transient BotHost host;

    private transient ManagerApi api;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String uri = request.getRequestURI().substring(request.getContextPath().length());
        String prefix = uri.startsWith(PREFIX + "/") ? PREFIX : "";
        Map<String, String> headers = new LinkedHashMap<>();
        Collections.list(request.getHeaderNames()).forEach(name -> headers.put(name, request.getHeader(name)));
        Answer answer = api().answer(new Request(request.getMethod(), uri.substring(prefix.length()), request.getQueryString(), headers,
                request.getInputStream().readAllBytes(), request.getRemoteAddr()));
        response.setStatus(answer.status());
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        answer.headers().forEach((name, value) -> response.setHeader(name, name.equals(LOCATION) ? request.getContextPath() + prefix + value : value));
        response.setContentLength(answer.body().length);
        response.getOutputStream().write(answer.body());
    }

    private synchronized ManagerApi api() {
        if (api == null) {
            Installation where = host.where();
            api = new ManagerApi(host.control(), host.catalogue(), where, System.getenv(), host::check, host.administration(), host.people().gate());
        }
        return api;
    }
}
