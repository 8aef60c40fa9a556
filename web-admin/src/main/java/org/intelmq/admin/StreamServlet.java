package org.intelmq.admin;

import jakarta.ejb.EJB;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.intelmq.access.Entrance;
import org.intelmq.access.HttpVisit;
import org.intelmq.access.Pass;
import org.intelmq.administration.Caller;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.live.Live;
import org.intelmq.administration.live.OpenStream;
import org.intelmq.host.BotHost;

/**
 * Changes as server-sent events: {@code GET stream?topics=status,change,job,log:BOT,tap:BOT:PATH&where=…}. A servlet and not a resource,
 * because a resource's events are kept without limit when their reader is slow.
 */
@WebServlet(urlPatterns = "/api/v1/stream", asyncSupported = true)
public class StreamServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @EJB
    private transient BotHost host;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        // a proxy that collects answers would hold back what is told
        response.setHeader("X-Accel-Buffering", "no");
        AsyncContext connection = request.startAsync(request, response);
        connection.setTimeout(0);
        Entrance entrance = (Entrance) request.getAttribute(AccessFilter.ENTRANCE);
        HttpVisit visit = (HttpVisit) request.getAttribute(AccessFilter.VISIT);
        Pass pass = (Pass) request.getAttribute(AccessFilter.PASS);
        StreamReader reader = new StreamReader(connection, () -> entrance.isStillGood(visit, pass));
        String lastId = request.getHeader("Last-Event-ID") == null ? request.getParameter("last_event_id") : request.getHeader("Last-Event-ID");
        try {
            Live live = host.administration().perform((Caller) request.getAttribute(Ask.CALLER),
                    new OpenStream(request.getParameter("topics"), request.getParameter("where"), lastId, reader));
            connection.addListener(new Goodbye(live, reader));
            response.getOutputStream().setWriteListener(reader);
        } catch (Refusal refusal) {
            response.reset();
            ProblemMapper.answer(response, refusal);
            connection.complete();
        } catch (IOException | RuntimeException e) {
            reader.end();
            throw e;
        } catch (Exception e) {
            reader.end();
            throw new IOException(e);
        }
    }

    private record Goodbye(Live live, StreamReader reader) implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {
            live.leave(reader);
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            leave();
        }

        @Override
        public void onError(AsyncEvent event) {
            leave();
        }

        private void leave() {
            live.leave(reader);
            reader.end();
        }

        @Override
        public void onStartAsync(AsyncEvent event) { }
    }
}
