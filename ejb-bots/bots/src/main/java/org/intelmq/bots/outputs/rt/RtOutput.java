package org.intelmq.bots.outputs.rt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.DirectHttpParams;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Form;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.sent.SentLedger;
import org.intelmq.text.python.PythonText;

/**
 * One ticket per event. Request Tracker cannot recognise an event that comes again, so opened tickets are recorded: no second ticket is
 * opened, unless the process ended before Request Tracker's answer was recorded.
 */
public final class RtOutput implements Bot<Message> {

    public record Params(
            @Param(value = "Address of Request Tracker's REST interface 1.0.", byDefault = "http://localhost/REST/1.0")
            String rtUri,
            @Param(value = "User name.", byDefault = "apiuser", form = Form.LINE)
            String rtUser,
            @Param(value = "Password of the user.", secret = true, form = Form.LINE)
            String rtPassword,
            @Param(value = "Queue for the tickets.", byDefault = "Incidents", form = Form.LINE)
            String queue,
            @Param(value = "Map of fields to the names of the custom fields they are written to.", byDefault = "classification.taxonomy: Classification, "
                    + "classification.type: Incident Type, event_description.text: Description, extra.incident.importance: Importance, "
                    + "extra.incident.severity: Incident Severity, extra.organization.name: Customer, source.ip: IP", fields = FieldNames.KEYS_LOOKED_AT)
            Map<String, Object> cfMapping,
            @Param(value = "Field with which the text of a ticket begins.", byDefault = "event_description.text", fields = FieldNames.LOOKED_AT)
            String descriptionAttr,
            @Param(value = "Final status of a ticket; left unchanged if empty.", byDefault = "resolved")
            String finalStatus,
            @Param(value = "Whether a second ticket, in the queue Investigations, is written to source.abuse_contact and linked to the "
                    + "first; only with queue Incidents.",
                    byDefault = "false")
            boolean createInvestigation,
            @Param(value = "Fields in the text of the second ticket.", byDefault = "time.source, time.observation, source.ip, source.port, "
                    + "source.fqdn, source.url, classification.taxonomy, classification.type, classification.identifier, event_description.url, "
                    + "event_description.text, malware.name, "
                    + "protocol.application, protocol.transport", fields = FieldNames.LOOKED_AT)
            List<String> investigationFields,
            DirectHttpParams http) { }

    public static final BotType<Params> TYPE = BotType.output("intelmq.bots.outputs.rt.output", "Request Tracker",
            "Opens a ticket for each event in Request Tracker.", Params.class, RtOutput::new).waiting();

    private static final String WITH_INVESTIGATIONS = "Incidents";
    private static final String INVESTIGATION = "/investigation";

    private final Params params;
    private final BotContext context;
    private final Field description;
    private final RequestTracker tracker;
    /** Tickets by event, until everything about the event is done and committed. */
    private final SentLedger tickets;

    RtOutput(Params params, BotContext context) throws IOException {
        this.params = params;
        this.context = context;
        this.description = Field.of(params.descriptionAttr());
        this.tracker = new RequestTracker(params.rtUri(), params.rtUser(), params.rtPassword(), context.http(params.http().http()));
        this.tickets = context.isRehearsal() ? null : SentLedger.of(context, "rt-output");
    }

    @Override
    public void process(Message event, Outbox out) throws IOException, InterruptedException {
        RequestTracker.Session session = tracker.login();
        String ticket = event.id() == null ? session.create(incident(event)) : ticket(identity(event), event, session);
        if (params.createInvestigation() && params.queue().equals(WITH_INVESTIGATIONS) && event.has(Fields.SOURCE_ABUSE_CONTACT) && event.has(description)) {
            investigateOnce(event, ticket, session);
        }
        if (params.finalStatus() != null && !params.finalStatus().isEmpty() && !session.setStatus(ticket, params.finalStatus())) {
            context.log().severe("Status of ticket " + ticket + " cannot be set to '" + params.finalStatus() + "': " + session.lastAnswer());
        }
        if (event.id() != null) {
            out.afterCommit(() -> {
                tickets.forget(identity(event));
                tickets.forget(identity(event) + INVESTIGATION);
            });
        }
    }

    /** In a form that the ledger can hold. */
    private static String identity(Message event) {
        return UUID.nameUUIDFromBytes(event.id().getBytes(StandardCharsets.UTF_8)).toString();
    }

    private String ticket(String identity, Message event, RequestTracker.Session session) throws IOException, InterruptedException {
        SentLedger.Known known = tickets.known(identity);
        if (known == SentLedger.Known.SENT) {
            return tickets.answer(identity);
        }
        if (known == SentLedger.Known.BEGUN) {
            context.log().warning("There may be a ticket about event " + event.id() + " already: opening it was interrupted before Request Tracker's "
                    + "answer was recorded. Another one is opened.");
        }
        tickets.begun(identity);
        String ticket;
        try {
            ticket = session.create(incident(event));
        } catch (RequestTracker.RefusedException | UnavailableException e) {
            tickets.forget(identity);
            throw e;
        }
        tickets.sent(identity, ticket);
        return ticket;
    }

    /** Not repeated even if the outcome is unknown: another attempt would write to the contact twice. */
    private void investigateOnce(Message event, String ticket, RequestTracker.Session session) throws IOException, InterruptedException {
        if (event.id() != null) {
            String identity = identity(event) + INVESTIGATION;
            if (tickets.known(identity) != SentLedger.Known.NOTHING) {
                context.log().warning("The investigation for ticket " + ticket + " was begun before the event's delivery was interrupted; it is not "
                        + "begun again.");
                return;
            }
            tickets.begun(identity);
        }
        investigate(event, ticket, session);
    }

    private void investigate(Message event, String ticket, RequestTracker.Session session) throws InterruptedException {
        try {
            String investigation = session.create(investigation(event));
            if (!session.makeMember(investigation, ticket)) {
                context.log().severe("Ticket " + investigation + " cannot be made a member of ticket " + ticket + ": " + session.lastAnswer());
            }
        } catch (IOException e) {
            // another attempt would write to the contact twice
            context.log().severe("No investigation for ticket " + ticket + ", or it is not linked: " + e.getMessage());
        }
    }

    private Map<String, String> incident(Message event) {
        Map<String, String> ticket = new LinkedHashMap<>();
        ticket.put("Subject", subject(event));
        StringBuilder text = new StringBuilder(beginning(event));
        event.forEach((field, value) -> text.append(field).append(": ").append(PythonText.str(value)).append('\n'));
        ticket.put("Text", text.toString());
        event.forEach((field, value) -> {
            String name = Objects.toString(params.cfMapping().get(field.name()), "");
            if (!name.isEmpty()) {
                ticket.put("CF.{" + name + '}', PythonText.str(value));
            }
        });
        ticket.put("id", "ticket/new");
        ticket.put("Queue", params.queue());
        return ticket;
    }

    private Map<String, String> investigation(Message event) {
        Map<String, String> ticket = new LinkedHashMap<>();
        ticket.put("Subject", subject(event));
        StringBuilder text = new StringBuilder(beginning(event));
        for (String name : params.investigationFields()) {
            String value = event.text(name);
            if (value != null) {
                text.append(name).append(": ").append(value).append('\n');
            }
        }
        ticket.put("Text", text.toString());
        ticket.put("Requestor", event.text(Fields.SOURCE_ABUSE_CONTACT));
        ticket.put("id", "ticket/new");
        ticket.put("Queue", "Investigations");
        return ticket;
    }

    private static String subject(Message event) {
        String address = event.text(Fields.SOURCE_IP);
        return "Incident notification" + (address == null ? "" : ", " + address);
    }

    @Override
    public void close() throws IOException {
        if (tickets != null) {
            tickets.close();
        }
    }

    private String beginning(Message event) {
        String text = event.text(description);
        return text == null ? "" : text + "\n\n";
    }
}
