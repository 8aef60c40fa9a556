package org.intelmq.bots.collectors.calidog;

import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Intake;
import org.intelmq.bot.Param;
import org.intelmq.bot.StreamBot;
import org.intelmq.bot.UndecodableException;
import org.intelmq.files.SharedMemory;
import org.intelmq.message.Fields;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.message.Report;
import org.intelmq.stream.PushedMemory;

public final class CertstreamCollector implements StreamBot {

    public record Params(
            @Param(value = "Address of the server; the public one is not always up, but you can run certstream-server-go instead.",
                    byDefault = "wss://certstream.calidog.io/", example = "wss://certstream.example/")
            String url,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.stream("intelmq.bots.collectors.calidog.collector_certstream", "Calidog Certstream",
            "Receives certificates from the Certificate Transparency logs as they are issued.", Params.class, CertstreamCollector::new);

    /** The server sends a heartbeat every half minute. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);

    private final BotContext context;
    private final Http http;
    private final URI address;
    private final PushedMemory memory;

    CertstreamCollector(Params params, BotContext context) {
        this.context = context;
        this.http = context.http(params.http());
        this.memory = PushedMemory.ofServer(context.log());
        try {
            this.address = URI.create(params.url());
        } catch (IllegalArgumentException e) {
            throw unusable(params.url());
        }
        if (address.getHost() == null || !List.of("ws", "wss").contains(address.getScheme())) {
            throw unusable(params.url());
        }
    }

    private static ConfigurationException unusable(String url) {
        return new ConfigurationException("parameter 'url' cannot be \"" + url + "\": expected an address such as wss://certstream.example/");
    }

    @Override
    public void run(Intake intake) throws IOException, InterruptedException {
        SocketMessages messages = new SocketMessages();
        WebSocket socket = http.webSocket(address, messages);
        try {
            intake.connected();
            while (true) {
                List<String> texts = messages.next(LONGEST_SILENCE);
                try (SharedMemory.Share share = memory.share()) {
                    memory.await(share, SocketMessages.characters(texts));
                    take(texts, intake);
                }
                messages.taken(texts, socket);
            }
        } finally {
            socket.abort();
        }
    }

    private void take(List<String> texts, Intake intake) throws InterruptedException {
        List<Intake.Item> certificates = new ArrayList<>();
        for (String text : texts) {
            String type;
            try {
                type = type(text);
            } catch (JsonException e) {
                intake.reject(report(text), new UndecodableException("a message of the server is not valid JSON: " + e.getMessage(), e));
                continue;
            }
            if (type.equals("certificate_update")) {
                certificates.add(new Intake.Item(report(text), null));
            } else if (!type.equals("heartbeat")) {
                intake.reject(report(text), new UndecodableException("message_type is \"" + type + "\": expected certificate_update or heartbeat", null));
            }
        }
        if (!certificates.isEmpty()) {
            intake.take(certificates);
        }
    }

    private static String type(String text) {
        return Json.parse(text) instanceof Map<?, ?> message ? String.valueOf(message.get("message_type")) : "";
    }

    private Report report(String text) {
        Report report = context.newReport();
        report.add(Fields.RAW, text);
        return report;
    }
}
