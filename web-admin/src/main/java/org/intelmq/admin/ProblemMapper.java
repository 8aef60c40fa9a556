package org.intelmq.admin;

import jakarta.ejb.EJBException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.message.InvalidArgument;
import org.intelmq.message.InvalidKey;
import org.intelmq.message.InvalidValue;
import org.intelmq.message.JsonException;
import org.intelmq.yaml.ConfigurationFileException;

/** Every failure is answered as {@code {"error": …}}. */
@Provider
public class ProblemMapper implements ExceptionMapper<Exception> {

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class.getName());

    /** @param error what is wrong, for people */
    public record Answer(String error) { }

    @Override
    public Response toResponse(Exception problem) {
        Throwable cause = problem instanceof EJBException && problem.getCause() != null ? problem.getCause() : problem;
        int status = status(cause);
        if (status == Response.Status.INTERNAL_SERVER_ERROR.getStatusCode()) {
            LOG.log(Level.SEVERE, "A request failed.", cause);
        }
        return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new Answer(message(cause))).build();
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
            // a parameter that cannot be read is no address that is not there
            return unreadable(cause) == null ? web.getResponse().getStatus() : Response.Status.BAD_REQUEST.getStatusCode();
        }
        boolean asked = cause instanceof InvalidArgument || cause instanceof InvalidKey || cause instanceof InvalidValue
                || cause instanceof JsonException || cause instanceof ConfigurationException || cause instanceof ConfigurationFileException
                || cause instanceof IllegalStateException || cause instanceof IllegalArgumentException;
        return (asked ? Response.Status.BAD_REQUEST : Response.Status.INTERNAL_SERVER_ERROR).getStatusCode();
    }
}
