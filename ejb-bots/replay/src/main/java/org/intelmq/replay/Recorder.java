package org.intelmq.replay;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.bot.BotGroup;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.engine.lend.Network;
import org.intelmq.message.Json;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.text.net.MaskedUrl;

/** Creates cases for {@link Replay} from messages that a bot got: what it makes of them now is expected from then on. */
public final class Recorder {

    private final ReplaySite site;
    private final Network network;

    /** @param network answers what the bot wants to know, which is recorded; {@code null} for none */
    public Recorder(ReplaySite site, Network network) {
        this.site = site;
        this.network = network;
    }

    /**
     * @param inputs messages in serialised form
     * @param now the clock of the case
     * @return the case, one line of JSON; passwords and keys, which are not needed without a network, are replaced by {@link MaskedUrl#MASK}
     * @throws ConfigurationException if a case of this bot cannot be recorded; the message says why
     */
    public String record(BotConfiguration bot, List<String> inputs, Instant now) throws Exception {
        BotType<?> type = bot.module() == null ? null : site.catalogue().find(bot.module());
        if (type == null) {
            throw new ConfigurationException("bot '" + bot.id() + "': module cannot be \"" + bot.module()
                    + "\": expected one listed by 'intelmqctl list bots'");
        }
        if (type.group() == BotGroup.COLLECTOR) {
            throw new ConfigurationException("bot '" + bot.id() + "' is a collector: it takes no messages that could be recorded");
        }
        if (type.group() == BotGroup.OUTPUT || type.connects()) {
            throw new ConfigurationException("bot '" + bot.id() + "' acts on other systems, which each replay would do again: record a bot before "
                    + "it, or use --pipeline, so that the case says what arrives here");
        }
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("id", bot.id() + "-" + now.toEpochMilli());
        given.put("bot", type.module());
        given.put("group", type.group().title());
        given.put("bot_id", bot.id());
        given.put("parameters", parameters(bot, type));
        given.put("destination_paths", new ArrayList<>(bot.destinationQueues().keySet()));
        given.put("input", inputs.stream().map(Json::parse).toList());
        given.put("clock", now.truncatedTo(ChronoUnit.SECONDS).toString());
        return Json.write(BotReplay.record(given, type, site, network));
    }

    private static Map<String, Object> parameters(BotConfiguration bot, BotType<?> type) {
        List<ParameterSchema.Parameter> known = new ArrayList<>(ParameterSchema.of(type.params()).parameters());
        known.addAll(ParameterSchema.of(type.group().commonParams()).parameters());
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (ParameterSchema.Parameter parameter : known) {
            List<String> names = new ArrayList<>(parameter.aliases());
            names.add(0, parameter.name());
            names.stream().filter(name -> bot.parameters().get(name) != null)
                    .forEach(name -> parameters.put(name, parameter.secret() && !(bot.parameters().get(name) instanceof Map)
                            ? MaskedUrl.MASK : masked(name, bot.parameters().get(name))));
        }
        return parameters;
    }

    private static Object masked(String parameter, Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(item -> masked(parameter, item)).toList();
        }
        if (value instanceof Map<?, ?> map && parameter.contains("header")) {
            Map<String, Object> headers = new LinkedHashMap<>();
            map.forEach((name, content) -> headers.put(name.toString(), MaskedUrl.isSecret(name.toString()) ? MaskedUrl.MASK : content));
            return headers;
        }
        return value instanceof String text ? MaskedUrl.in(text) : value;
    }
}
