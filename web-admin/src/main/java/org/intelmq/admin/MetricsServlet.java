package org.intelmq.admin;

import jakarta.ejb.EJB;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.intelmq.control.BotControl;
import org.intelmq.control.BotStatistics;
import org.intelmq.control.BotTimes;
import org.intelmq.host.BotHost;

/** The figures of all bots and queues for Prometheus. */
@WebServlet("/metrics")
public class MetricsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @EJB
    private transient BotHost host;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        BotControl control = host.control();
        Map<String, BotStatistics> bots = new TreeMap<>();
        Map<String, BotTimes> times = new TreeMap<>();
        host.lastReadable().bots().keySet().forEach(bot -> {
            BotStatistics statistics = control.statistics(bot);
            if (statistics != null) {
                bots.put(bot, statistics);
                times.put(bot, control.times(bot));
            }
        });
        Exposition text = new Exposition(Exposition.prefersOpen(request.getHeader("Accept")));
        response.setContentType(text.contentType());
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Vary", "Accept");
        response.getWriter().write(Metrics.of(text, bots, control.missing(), times, control.queues()));
    }
}
