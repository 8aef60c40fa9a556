package org.intelmq.admin;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.intelmq.message.Json;

/** What is answered where none of our pages and interfaces has an answer, in place of the container's page, which names its version. */
@WebServlet(ErrorServlet.ADDRESS)
public class ErrorServlet extends HttpServlet {

    static final String ADDRESS = "/none";

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer given ? given : HttpServletResponse.SC_NOT_FOUND;
        // some of these have not come through the filter that adds them
        SecurityHeaders.add(response, false);
        response.setStatus(status);
        response.setContentType(ProblemMapper.PROBLEM);
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(Json.write(ProblemMapper.body(status, ProblemMapper.code(status), detail(status), remedy(status))));
    }

    private static String detail(int status) {
        return switch (status) {
            case HttpServletResponse.SC_NOT_FOUND -> "there is nothing at this address";
            case HttpServletResponse.SC_METHOD_NOT_ALLOWED -> "the method cannot be used here";
            default -> status < HttpServletResponse.SC_INTERNAL_SERVER_ERROR ? "the request cannot be understood" : "the server failed to answer";
        };
    }

    private static String remedy(int status) {
        return status < HttpServletResponse.SC_INTERNAL_SERVER_ERROR ? "The addresses are in /api/v1/docs; the console begins at /."
                : "Look into var/log/server.log.";
    }
}
