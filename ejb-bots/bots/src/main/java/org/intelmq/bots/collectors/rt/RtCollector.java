package org.intelmq.bots.collectors.rt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.intelmq.archive.Archive;
import org.intelmq.archive.ExtractFiles;
import org.intelmq.bot.AgeLimit;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Form;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.Reply;
import org.intelmq.bot.ReportSize;
import org.intelmq.bot.ServiceAddress;
import org.intelmq.bot.SourceItem;
import org.intelmq.bot.StatusException;
import org.intelmq.bot.Tick;
import org.intelmq.files.SharedMemory;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Report;
import org.intelmq.text.encoding.Base64Text;
import org.intelmq.text.net.WebAddress;
import org.intelmq.text.pattern.UserPattern;

/**
 * From each ticket found, takes the first attachment with a wanted name, or the file behind the first wanted link in the ticket's text. A
 * ticket is taken and given its status once its reports are safe; if that fails, it comes again, under the same identity.
 */
public final class RtCollector implements Bot<Tick> {

    public record Params(
            @Param(value = "Address of Request Tracker's REST interface 1.0.", byDefault = "http://localhost/rt/REST/1.0")
            String uri,
            @Param(value = "User at Request Tracker.", byDefault = "intelmq", form = Form.LINE)
            String user,
            @Param(value = "Password of the user.", byDefault = "password", secret = true)
            String password,
            @Param(value = "Queue of the tickets to fetch; General if empty.", byDefault = "Incident Reports", optional = true)
            Object searchQueue,
            @Param(value = "Owner of the tickets to fetch; any if empty.", byDefault = "nobody", optional = true)
            Object searchOwner,
            @Param(value = "Status of the tickets to fetch; any if empty.", byDefault = "new", optional = true)
            Object searchStatus,
            @Param(value = "Sender's mail address of the tickets to fetch.", optional = true)
            Object searchRequestor,
            @Param(value = "Text that the subject of a ticket must contain; if a list, all items.", byDefault = "Report", optional = true)
            Object searchSubjectLike,
            @Param(value = "Text that the subject of a ticket must not contain; if a list, none of the items.", optional = true,
                    aliases = "search_subject_notlike")
            Object searchSubjectNotLike,
            @Param(value = "Tickets created before this date, or longer ago than this span of time, are not fetched.", optional = true, example = "3 days")
            String searchNotOlderThan,
            @Param(value = "Regular expression to find in the names of attachments; if not set, attachments are ignored.",
                    byDefault = "\\.csv\\.zip$", optional = true)
            String attachmentRegex,
            @Param(value = "Which files of an attached archive become reports: true for all, false to leave it packed, or their names.", byDefault = "true")
            Object extractAttachment,
            @Param(value = "Regular expression of addresses to fetch from the ticket's first text; without one, none are fetched.",
                    byDefault = "https://dl.shadowserver.org/[a-zA-Z0-9?_-]*", optional = true)
            String urlRegex,
            @Param(value = "Like extract_attachment, for fetched files.", byDefault = "true")
            Object extractDownload,
            @Param(value = "Whether the user becomes the owner of processed tickets.", byDefault = "true")
            boolean takeTicket,
            @Param(value = "Status to set on processed tickets; none if empty.", byDefault = "open", optional = true)
            String setStatus,
            @Param(value = "Polling interval.", byDefault = "3600")
            Duration rateLimit,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.collector("intelmq.bots.collectors.rt.collector_rt", "Request Tracker",
            "Fetches attachments of tickets in Request Tracker, and files that the tickets link to.", Params.class, RtCollector::new);

    /** The queue that is searched when none is named. */
    private static final String USUAL_QUEUE = "General";

    private final Params params;
    private final BotContext context;
    private final Http tracker;
    private final Http downloads;
    private final ServiceAddress root;
    private final AgeLimit notOlderThan;
    private final UserPattern attachments;
    private final UserPattern addresses;
    private final ExtractFiles fromAttachment;
    private final ExtractFiles fromDownload;
    private final String status;

    /**
     * What was found in a ticket.
     *
     * @param fileName {@code null} if there is none
     */
    private record Found(byte[] content, String fileName, String created, ExtractFiles extract, String packedName, String source) { }

    RtCollector(Params params, BotContext context) {
        this.params = params;
        this.context = context;
        this.root = ServiceAddress.of("uri", params.uri);
        this.tracker = context.http(params.http.withoutCredentials());
        this.downloads = context.http(params.http);
        this.notOlderThan = AgeLimit.of("search_not_older_than", params.searchNotOlderThan, context.clock());
        this.attachments = pattern("attachment_regex", params.attachmentRegex);
        this.addresses = pattern("url_regex", params.urlRegex);
        this.fromAttachment = ExtractFiles.of(params.extractAttachment);
        this.fromDownload = ExtractFiles.of(params.extractDownload);
        this.status = isNone(params.setStatus) ? null : params.setStatus;
        if (!params.takeTicket && status == null) {
            context.log().warning("Neither 'take_ticket' nor 'set_status' is set: the same tickets are found with every poll.");
        }
    }

    private static boolean isNone(String value) {
        return value == null || value.isBlank() || value.equals("false");
    }

    private static UserPattern pattern(String parameter, String regex) {
        try {
            return isNone(regex) ? null : UserPattern.of(regex);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("parameter '" + parameter + "' cannot be \"" + regex + "\": expected a regular expression; " + e.getMessage(), e);
        }
    }

    @Override
    public void process(Tick tick, Outbox out) throws IOException, InterruptedException {
        RtClient client = new RtClient(tracker, root);
        client.login(params.user, params.password);
        List<RtForm> tickets = client.search(query());
        context.log().info(tickets.size() + " tickets found.");
        for (RtForm ticket : tickets) {
            String id = ticket.require("id");
            try (SharedMemory.Share memory = SharedMemory.OF_SERVER.share()) {
                List<Report> reports = new SourceItem("Ticket " + id, context.log()).get(() -> collect(client, number(id), ticket, memory, out));
                if (reports != null) {
                    reports.forEach(out::send);
                    out.afterCommit(() -> mark(client, number(id)));
                }
            }
        }
    }

    private String query() {
        Object queue = params.searchQueue == null || params.searchQueue.toString().isEmpty() ? USUAL_QUEUE : params.searchQueue;
        return new TicketQuery(queue.toString())
                .and("Created", ">", notOlderThan == null ? null : since())
                .and("Owner", "=", params.searchOwner)
                .and("Requestor", "=", params.searchRequestor)
                .and("Status", "=", params.searchStatus)
                .and("Subject", " LIKE ", params.searchSubjectLike)
                .and("Subject", " NOT LIKE ", params.searchSubjectNotLike)
                .toString();
    }

    private String since() {
        Temporal since = notOlderThan.since(context.clock()).with(ChronoField.NANO_OF_SECOND, 0);
        return since instanceof LocalDateTime ? DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(since)
                : DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx").format(since);
    }

    /** The number in {@code ticket/17}. */
    private static long number(String id) {
        return Long.parseLong(id.substring(id.indexOf('/') + 1));
    }

    /** Returns {@code null} if nothing wanted was found. */
    private List<Report> collect(RtClient client, long ticket, RtForm found, SharedMemory.Share memory, Outbox out)
            throws IOException, InterruptedException {
        context.log().fine("Ticket " + ticket + " is looked at.");
        Found content = attachment(client, ticket);
        RtForm described = found;
        if (content == null && addresses != null) {
            RtForm beginning = client.beginning(ticket);
            String address = addresses.firstMatch(beginning.require("Content"));
            if (address != null) {
                content = download(address, beginning, client, ticket, out);
                if (content == null) {
                    return null;
                }
                described = client.ticket(ticket);
            }
        }
        if (content == null) {
            context.log().info("Ticket " + ticket + " has no matching attachment or address.");
            return null;
        }
        return unpacked(content, report(ticket, content, described), identity(ticket, content, found), memory);
    }

    private Found attachment(RtClient client, long ticket) throws IOException, InterruptedException {
        if (attachments == null) {
            return null;
        }
        for (RtClient.Attachment attachment : client.attachments(ticket)) {
            if (attachments.find(attachment.name())) {
                byte[] content = client.content(ticket, attachment.id());
                String created = client.attachment(ticket, attachment.id()).require("Created");
                return new Found(content, null, created, fromAttachment, attachment.name(), attachment.id());
            }
        }
        return null;
    }

    /** Returns {@code null} if it cannot be downloaded. */
    private Found download(String address, RtForm beginning, RtClient client, long ticket, Outbox out) throws IOException, InterruptedException {
        Reply reply = downloads.ask(downloads.request(WebAddress.of(address)).GET().build());
        try {
            reply.checked();
        } catch (StatusException e) {
            context.log().severe("Ticket " + ticket + " is skipped: " + e.getMessage());
            if (e.isFinal()) {
                out.afterCommit(() -> mark(client, ticket));
            }
            return null;
        }
        byte[] content = fromDownload.any() ? reply.body() : reply.text().getBytes(StandardCharsets.UTF_8);
        String name = FileName.of(reply);
        return new Found(content, name, beginning.require("Created"), fromDownload, name, address);
    }

    private Report report(long ticket, Found content, RtForm described) {
        Report report = context.newReport();
        if (content.fileName() != null) {
            report.add("extra.file_name", content.fileName());
        }
        report.add(Fields.RTIR_ID, ticket);
        report.add(Fields.TIME_OBSERVATION, content.created() + " UTC", IfPresent.REPLACE);
        report.add("extra.email_subject", described.require("Subject"));
        report.add("extra.ticket_subject", described.require("Subject"));
        String requestors = String.join(",", described.list("Requestors"));
        report.add("extra.email_from", requestors);
        report.add("extra.ticket_requestors", requestors);
        report.add("extra.ticket_queue", described.require("Queue"));
        report.add("extra.ticket_status", described.require("Status"));
        report.add("extra.ticket_owner", described.require("Owner"));
        return report;
    }

    /** The same if a ticket comes again because it could not be marked; different once somebody has touched it. */
    private String identity(long ticket, Found content, RtForm found) {
        String seen = context.botId() + '\n' + root.root() + '\n' + ticket + '\n' + content.source() + '\n' + found.get("LastUpdated");
        return UUID.nameUUIDFromBytes(seen.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static List<Report> unpacked(Found content, Report report, String identity, SharedMemory.Share memory) throws IOException {
        if (!content.extract().any()) {
            put(report, content.content());
            report.identify(identity);
            return List.of(report);
        }
        List<Report> reports = new ArrayList<>();
        for (Archive.Member member : Archive.unpack(content.content(), content.extract().wanted(), memory)) {
            Report one = report.copy();
            put(one, member.content());
            String name = member.name() != null ? member.name() : withoutGz(content.packedName());
            if (name != null) {
                one.add(Field.of("extra.file_name"), name, IfPresent.REPLACE);
            }
            one.identify(identity + '.' + reports.size());
            reports.add(one);
        }
        return reports;
    }

    private static String withoutGz(String name) {
        return name != null && name.endsWith(".gz") ? name.substring(0, name.length() - ".gz".length()) : name;
    }

    private static void put(Report report, byte[] content) throws IOException {
        ReportSize.check("the file in ticket " + report.get(Fields.RTIR_ID), content.length);
        report.addUnsanitized(Fields.RAW, Base64Text.encode(content), IfPresent.REPLACE, true);
    }

    private void mark(RtClient client, long ticket) {
        try {
            if (params.takeTicket) {
                take(client, ticket);
            }
            if (status != null) {
                client.setStatus(ticket, status);
            }
        } catch (IOException e) {
            context.log().severe("Ticket " + ticket + " could not be given the status " + status + " and will be found again: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Request Tracker refuses this, for instance, if the user already is the owner; the status is set all the same. */
    private void take(RtClient client, long ticket) throws IOException, InterruptedException {
        try {
            client.take(ticket);
        } catch (RtClient.Refusal e) {
            context.log().severe("Ticket " + ticket + " could not be taken: " + e.getMessage());
        }
    }
}
