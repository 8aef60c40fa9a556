package org.intelmq.bots.experts.abusix;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Dns;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Message;
import org.intelmq.text.net.IpAddress;
import org.intelmq.text.net.MailAddress;

/** Service: https://abusix.com/contactdb, over DNS. */
public final class AbusixExpert implements BatchBot<Message> {

    public record Params(
            @Param(value = "Whether an existing contact is replaced.", byDefault = "false")
            boolean overwrite) { }

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.abusix.expert", "Abusix",
            "Adds the abuse contacts of source and destination addresses from the Abusix contact database.",
            Params.class, AbusixExpert::new).waiting();

    private static final String ZONE = "abuse-contacts.abusix.org";

    private final boolean overwrite;
    private final Dns dns;

    private record Side(Message event, Field contact, CompletableFuture<List<String>> lookup) { }

    AbusixExpert(Params params, BotContext context) {
        overwrite = params.overwrite;
        dns = context.dns();
    }

    @Override
    public void process(Message event, Outbox out) throws IOException {
        processAll(List.of(event), out);
    }

    /** Asks for all contacts first, and then waits for each. */
    @Override
    public void processAll(List<Message> events, Outbox out) throws IOException {
        List<Side> sides = new ArrayList<>();
        for (Message event : events) {
            ask(event, Fields.SOURCE_IP, Fields.SOURCE_ABUSE_CONTACT, sides);
            ask(event, Fields.DESTINATION_IP, Fields.DESTINATION_ABUSE_CONTACT, sides);
        }
        for (Side side : sides) {
            String contact = contact(side.lookup);
            if (contact != null) {
                side.event.offer(side.contact, contact, IfPresent.REPLACE);
            }
        }
        events.forEach(out::send);
    }

    private void ask(Message event, Field ip, Field contact, List<Side> sides) {
        String address = event.text(ip);
        if (address != null && (overwrite || !event.has(contact))) {
            String reverse = IpAddress.parse(address).reverseName();
            String name = reverse.replace("in-addr.arpa.", ZONE).replace("ip6.arpa.", ZONE);
            sides.add(new Side(event, contact, dns.lookup(name, "TXT")));
        }
    }

    /** The mail addresses in a text separated by commas; {@code null} if there is none. */
    private static String addresses(String text) {
        String addresses = Stream.of(text.split(",")).map(MailAddress::of).filter(Objects::nonNull).collect(Collectors.joining(","));
        return addresses.isEmpty() ? null : addresses;
    }

    private static String contact(CompletableFuture<List<String>> lookup) throws IOException {
        try {
            List<String> texts = lookup.join();
            return texts.isEmpty() ? null : addresses(texts.get(0).replace("\"", ""));
        } catch (CompletionException e) {
            throw new IOException("no answer of " + ZONE + ": " + e.getCause().getMessage(), e);
        }
    }
}
