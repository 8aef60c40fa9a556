package org.intelmq.admin;

import jakarta.ejb.EJBException;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.administration.Refusal;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.message.InvalidArgument;
import org.intelmq.message.InvalidKey;
import org.intelmq.message.InvalidValue;
import org.intelmq.message.JsonException;
import org.intelmq.pipeline.Problem;
import org.intelmq.yaml.ConfigurationFileException;

/** Answers a refusal as {@code application/problem+json} (RFC 9457), and any other failure as {@code {"error": …}}. */
@Provider
public class ProblemMapper implements ExceptionMapper<Exception> {

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class.getName());

    static final String PROBLEM = "application/problem+json";

    @Override
    public Response toResponse(Exception problem) {
        Throwable cause = problem instanceof EJBException && problem.getCause() != null ? problem.getCause() : problem;
        if (cause instanceof Refusal refusal) {
            return refused(refusal);
        }
        int status = status(cause);
        if (status == Response.Status.INTERNAL_SERVER_ERROR.getStatusCode()) {
            LOG.log(Level.SEVERE, "A request failed.", cause);
        }
        return Response.status(status).type(PROBLEM).entity(refused(status, code(status), message(cause), null)).build();
    }

    /** For what the resources themselves do not accept. */
    static String code(int status) {
        return switch (status) {
            case 400 -> "invalid-request";
            case 401 -> "login-needed";
            case 404 -> "unknown-address";
            case 405 -> "method-unknown";
            case 406 -> "answer-unknown";
            case 415 -> "body-unknown";
            default -> status < 500 ? "refused" : "failed";
        };
    }

    /**
     * A problem as in RFC 9457.
     *
     * @param code stable, for programs
     * @param remedy the next step; {@code null} if the detail says it
     * @param problems of a configuration, each with its bot and parameter
     * @param difference what somebody else has changed meanwhile; {@code null} if that is not the reason
     */
    public record Refused(String type, String title, int status, String detail, String code, String remedy, List<Problem> problems, Object difference) { }

    /** The same outside of resources. */
    static void answer(HttpServletResponse response, Refusal refusal) throws IOException {
        Response refused = refused(refusal);
        response.setStatus(refused.getStatus());
        response.setContentType("application/problem+json");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(new JsonAnswers().getContext(Refused.class).toJson(refused.getEntity()));
    }

    private static Response refused(Refusal refusal) {
        int status = switch (refusal.kind()) {
            case INVALID -> 400;
            case FORBIDDEN -> 403;
            case UNKNOWN -> 404;
            case CONFLICT -> 409;
            case UNACCEPTABLE -> 422;
            case UNAVAILABLE -> 503;
        };
        return Response.status(status).type(PROBLEM)
                .entity(refused(status, refusal.code(), refusal.getMessage(), refusal.remedy(), refusal.problems(), refusal.difference()))
                .build();
    }

    static Refused refused(int status, String code, String detail, String remedy) {
        return refused(status, code, detail, remedy, List.of(), null);
    }

    private static Refused refused(int status, String code, String detail, String remedy, List<Problem> problems, Object difference) {
        return new Refused("urn:intelmq:problem:" + code, title(code), status, detail, code, remedy, problems, difference);
    }

    /** The same for what does not reach a resource; programs that know older versions read {@code error}. */
    static Map<String, Object> body(int status, String code, String detail, String remedy) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "urn:intelmq:problem:" + code);
        body.put("title", title(code));
        body.put("status", status);
        body.put("detail", detail);
        body.put("code", code);
        body.put("remedy", remedy);
        body.put("problems", List.of());
        body.put("error", detail);
        return body;
    }

    private static String title(String code) {
        return code.substring(0, 1).toUpperCase(Locale.ROOT) + code.substring(1).replace('-', ' ');
    }

    private static String message(Throwable cause) {
        Throwable unreadable = cause instanceof WebApplicationException ? unreadable(cause) : null;
        return unreadable == null ? String.valueOf(cause.getMessage()) : "a parameter of the request cannot be read: " + unreadable.getMessage();
    }

    private static Throwable unreadable(Throwable problem) {
        Throwable cause = problem.getCause();
        while (cause != null && !(cause instanceof IllegalArgumentException)) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static int status(Throwable cause) {
        if (cause instanceof WebApplicationException web) {
            // a parameter that cannot be read is not an address that is not there
            return unreadable(cause) == null ? web.getResponse().getStatus() : Response.Status.BAD_REQUEST.getStatusCode();
        }
        boolean asked = cause instanceof InvalidArgument || cause instanceof InvalidKey || cause instanceof InvalidValue
                || cause instanceof JsonException || cause instanceof ConfigurationException || cause instanceof ConfigurationFileException
                || cause instanceof IllegalStateException || cause instanceof IllegalArgumentException;
        return (asked ? Response.Status.BAD_REQUEST : Response.Status.INTERNAL_SERVER_ERROR).getStatusCode();
    }
}
