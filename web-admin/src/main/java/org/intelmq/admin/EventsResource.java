package org.intelmq.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.intelmq.administration.Page;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.events.CountEvents;
import org.intelmq.administration.events.EventFilter;
import org.intelmq.administration.events.ExportEvents;
import org.intelmq.administration.events.FindEvents;
import org.intelmq.administration.events.Histogram;
import org.intelmq.administration.events.ShowEvent;

/**
 * The event database. All searches take {@code q}, {@code from}, {@code to} and {@code f=field:value}, see {@link EventFilter}; the time is
 * {@code time.observation}.
 */
@RequestScoped
@Path("events")
@Produces(MediaType.APPLICATION_JSON)
public class EventsResource {

    private static final int MOST_BUCKETS = 1_000;
    private static final long FURTHEST = 100_000_000;
    private static final String COLUMNS = "time.observation,source.ip,source.asn,source.fqdn,classification.type,feed.name";

    @Inject
    private Ask ask;

    @QueryParam("q")
    private String q;

    @QueryParam("from")
    private String from;

    @QueryParam("to")
    private String to;

    @QueryParam("f")
    private List<String> filters;

    private EventFilter filter() {
        return new EventFilter(q, from, to, filters);
    }

    /** @param offset how many to skip; the cursor of the previous page does the same */
    @GET
    public Page<Map<String, Object>> find(@QueryParam("cols") @DefaultValue(COLUMNS) String columns, @QueryParam("limit") @DefaultValue("100") int limit,
                                          @QueryParam("offset") @DefaultValue("0") long offset, @QueryParam("cursor") String cursor) throws Exception {
        Limits.require("limit", limit, 1, Limits.MESSAGES);
        long first = Page.number(cursor, offset);
        Limits.require("offset", (int) Math.min(first, Integer.MAX_VALUE), 0, (int) FURTHEST);
        List<String> wanted = Arrays.stream(columns.split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
        return ask.perform(new FindEvents(filter(), wanted, limit, first));
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(@PathParam("id") String id) throws Exception {
        return ask.perform(new ShowEvent(id));
    }

    @GET
    @Path("count")
    public CountEvents.Counts count(@QueryParam("by") String by, @QueryParam("top") @DefaultValue("10") int top) throws Exception {
        Limits.require("top", top, 1, MOST_BUCKETS);
        return ask.perform(new CountEvents(filter(), by == null || by.isBlank() ? null : by, top));
    }

    /** @param step in seconds, or {@code auto} */
    @GET
    @Path("histogram")
    public Histogram.Steps histogram(@QueryParam("step") @DefaultValue("auto") String step, @QueryParam("by") String by) throws Exception {
        Long seconds = step.equals("auto") ? null : (Long) Page.number(step, 1);
        if (seconds != null) {
            Limits.require("step", (int) Math.min(seconds, Integer.MAX_VALUE), 1, Integer.MAX_VALUE);
        }
        return ask.perform(new Histogram(filter(), seconds, by == null || by.isBlank() ? null : by));
    }

    /** Everything found: {@code csv} with a header, or {@code json} with one event per line. */
    @GET
    @Path("export")
    @Produces({"text/csv", "application/x-ndjson"})
    public Response export(@QueryParam("format") @DefaultValue("csv") String format) throws Exception {
        if (!format.equals("csv") && !format.equals("json")) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid-format", "format cannot be \"" + format + '"', "Send csv or json.");
        }
        ExportEvents.Format wanted = ExportEvents.Format.valueOf(format.toUpperCase(Locale.ROOT));
        EventFilter filter = filter();
        // what is wrong with the search is said before the first line
        ask.perform(new FindEvents(filter, List.of(), 1, 0));
        StreamingOutput lines = out -> {
            try {
                ask.perform(new ExportEvents(filter, wanted, out));
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        };
        boolean isCsv = wanted == ExportEvents.Format.CSV;
        return Response.ok(lines, isCsv ? "text/csv; charset=utf-8" : "application/x-ndjson")
                .header("Content-Disposition", "attachment; filename=\"events." + (isCsv ? "csv" : "json") + '"').build();
    }
}
