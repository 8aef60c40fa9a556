package org.intelmq.admin;

import jakarta.ejb.EJB;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import org.intelmq.host.BotHost;
import org.intelmq.manager.Answer;
import org.intelmq.manager.ManagerPages;

/** The pages of IntelMQ's web manager, at the addresses that its documentation gives. */
@WebServlet("/intelmq-manager/*")
public class ManagerPagesServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @EJB
    private transient BotHost host;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        if (path == null) {
            response.setStatus(HttpServletResponse.SC_MOVED_PERMANENTLY);
            response.setHeader("Location", request.getContextPath() + request.getServletPath() + "/");
            return;
        }
        String folder = System.getenv(ManagerPages.FOLDER);
        ManagerPages pages = new ManagerPages(folder == null || folder.isBlank() ? null : Path.of(folder), host.where(), request.getContextPath());
        Answer answer = pages.page(request.getMethod(), path.substring(1));
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setContentLength(answer.body().length);
        response.getOutputStream().write(answer.body());
    }
}
