package org.intelmq.bots.experts.jinja;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.files.WholeFile;
import org.intelmq.message.Field;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Message;
import org.intelmq.template.Templates;
import org.intelmq.template.Templates.Template;

public final class JinjaExpert implements Bot<Message> {

    public record Params(
            @Param(value = "Map of fields to templates. A template is a text, or a file as file:///path; the event is called msg in it.", byDefault = "",
                    example = "output: The provider is {{ msg['feed.provider'] }}!", fields = FieldNames.KEYS_FILLED)
            Map<String, Object> fields,
            @Param(value = "Whether an existing value is replaced.", byDefault = "false")
            boolean overwrite) { }

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.jinja.expert", "Jinja2 Template",
            "Fills fields from Jinja templates, which see the event and nothing else.", Params.class, JinjaExpert::new);

    private static final String FILE = "file:///";
    private static final String EVENT = "msg";

    private final Templates engine;
    private final Map<Field, Template> templates = new LinkedHashMap<>();
    private final IfPresent ifPresent;

    JinjaExpert(Params params, BotContext context) {
        engine = new Templates(Map.of(EVENT, Templates.view(context.newEvent())));
        ifPresent = params.overwrite ? IfPresent.REPLACE : IfPresent.KEEP;
        params.fields.forEach((field, template) -> templates.put(Field.of(field), compile(field, template.toString())));
    }

    private Template compile(String field, String template) {
        try {
            return engine.compile(template.startsWith(FILE) ? read(Path.of(template.substring(FILE.length() - 1))) : template);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("parameter 'fields': the template of " + field + " " + e.getMessage(), e);
        }
    }

    private static String read(Path file) {
        try {
            return WholeFile.text(file);
        } catch (IOException e) {
            throw new ConfigurationException("parameter 'fields': template " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void process(Message event, Outbox out) {
        Map<String, Object> values = Map.of(EVENT, Templates.view(event));
        templates.forEach((field, template) -> event.add(field, engine.render(template, values), ifPresent));
        out.send(event);
    }
}
