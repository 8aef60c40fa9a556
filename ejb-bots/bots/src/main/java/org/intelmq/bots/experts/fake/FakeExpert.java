package org.intelmq.bots.experts.fake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.files.WholeFile;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.message.Message;
import org.intelmq.text.net.IpNetwork;

/**
 * Its database is a JSON object: {@code ip_network}, a list of networks, and {@code event_fields}, each field with a {@code mode} and
 * {@code values}.
 */
public final class FakeExpert implements Bot<Message> {

    public record Params(
            @Param(value = "Whether existing values are replaced.", byDefault = "false")
            boolean overwrite,
            @Param(value = "JSON file with the networks and values to choose from; relative paths are below var/lib/bots.", byDefault = "fake/data.json")
            String database) { }

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.fake.expert", "Fake",
            "Adds random, made-up addresses and values, for tests and demonstrations.", Params.class, FakeExpert::new);

    private static final String MODE = "random_single_value";

    private final IfPresent ifPresent;
    private final RandomGenerator random;
    private final List<IpNetwork> networks = new ArrayList<>();
    private final List<Choice> choices = new ArrayList<>();

    private record Choice(Field field, List<?> values) { }

    FakeExpert(Params params, BotContext context) {
        this(params, context, null);
    }

    /** @param random {@code null} for the thread's own */
    FakeExpert(Params params, BotContext context, RandomGenerator random) {
        this.ifPresent = IfPresent.overwriting(params.overwrite);
        this.random = random;
        Path file = context.dataDirectory().resolve(params.database);
        List<String> problems = new ArrayList<>();
        Map<?, ?> database = read(file);
        readNetworks(database.get("ip_network"), problems);
        readFields(database.get("event_fields"), context.newEvent(), problems);
        if (!problems.isEmpty()) {
            throw new ConfigurationException("the database " + file + " cannot be used: " + String.join("; ", problems));
        }
    }

    private static Map<?, ?> read(Path file) {
        try {
            if (Json.parse(Files.readString(WholeFile.require(file))) instanceof Map<?, ?> database) {
                return database;
            }
            throw new ConfigurationException("the database " + file + " is not a JSON object with ip_network and event_fields");
        } catch (IOException | JsonException e) {
            throw new ConfigurationException("the database " + file + " cannot be read: " + e.getMessage());
        }
    }

    private void readNetworks(Object given, List<String> problems) {
        if (given != null && !(given instanceof List<?>)) {
            problems.add("ip_network is not a list");
            return;
        }
        for (Object each : given instanceof List<?> list ? list : List.of()) {
            IpNetwork network = IpNetwork.parseOrNull(String.valueOf(each), false);
            if (network == null) {
                problems.add("ip_network has \"" + each + "\", expected a network such as 192.0.2.0/24");
            } else {
                networks.add(network);
            }
        }
    }

    private void readFields(Object given, Event sample, List<String> problems) {
        if (given != null && !(given instanceof Map<?, ?>)) {
            problems.add("event_fields is not an object");
            return;
        }
        (given instanceof Map<?, ?> map ? map : Map.of()).forEach((name, description) -> {
            Field field = Field.of(String.valueOf(name));
            Map<?, ?> choice = description instanceof Map<?, ?> object ? object : Map.of();
            if (!sample.isKnown(field)) {
                problems.add("event_fields has " + name + ", which is not a field of events");
            } else if (!MODE.equals(choice.get("mode"))) {
                problems.add("the mode of " + name + " is " + choice.get("mode") + ", expected " + MODE);
            } else if (!(choice.get("values") instanceof List<?> values) || values.isEmpty()) {
                problems.add("the values of " + name + " are not a list with at least one value");
            } else {
                choices.add(new Choice(field, values));
            }
        });
    }

    @Override
    public void process(Message event, Outbox out) {
        if (!networks.isEmpty()) {
            IpNetwork network = networks.get(below(networks.size()));
            if (event.add(Fields.SOURCE_IP, network.second().toString(), ifPresent)) {
                event.put(Fields.SOURCE_NETWORK, network.toString());
            }
        }
        for (Choice choice : choices) {
            event.add(choice.field(), choice.values().get(below(choice.values().size())), ifPresent);
        }
        out.send(event);
    }

    private int below(int bound) {
        return (random == null ? ThreadLocalRandom.current() : random).nextInt(bound);
    }
}
