package org.intelmq.bots.experts.domainsuffix;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Folder;
import org.intelmq.bot.Http;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.RuleText;
import org.intelmq.files.WholeFile;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;

/** Database: https://publicsuffix.org/list/public_suffix_list.dat. */
public final class DomainSuffixExpert implements Bot<Message> {

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.domain_suffix.expert", "Domain Suffix",
            "Finds the public suffix of names, such as co.uk, in a local copy of the Public Suffix List.",
            Params.class, DomainSuffixExpert::new)
            .updating(params -> params.autoupdateCachedDatabase() ? params.suffixFile() : null, (params, http, target) -> target.write(newest(http)))
            .withRules(RuleText.plain("list", Params::suffixFile));

    enum Kind { FQDN, REVERSE_DNS }

    public record Params(
            @Param("Whether the names are in source.fqdn and destination.fqdn, or in source.reverse_dns and destination.reverse_dns.")
            Kind field,
            @Param(value = "File with the public suffix list; below var/lib/bots if not absolute.", byDefault = "domain_suffix/public_suffix_list.dat",
                    folder = Folder.DATA)
            Path suffixFile,
            @Param(value = "Whether update-database updates the file.", byDefault = "true")
            boolean autoupdateCachedDatabase) { }

    private static final URI LIST = URI.create("https://publicsuffix.org/list/public_suffix_list.dat");

    private final PublicSuffixes suffixes;
    private final Field source;
    private final Field destination;

    private DomainSuffixExpert(Params params, BotContext context) {
        Path file = context.dataDirectory().resolve(params.suffixFile());
        try {
            this.suffixes = PublicSuffixes.parse(WholeFile.text(file));
        } catch (IOException e) {
            throw new ConfigurationException("parameter 'suffix_file' cannot be \"" + file + "\": expected a readable file, see update-database ("
                    + e + ')', e);
        }
        this.source = params.field() == Kind.FQDN ? Fields.SOURCE_FQDN : Fields.SOURCE_REVERSE_DNS;
        this.destination = params.field() == Kind.FQDN ? Fields.DESTINATION_FQDN : Fields.DESTINATION_REVERSE_DNS;
    }

    private static byte[] newest(Http http) throws IOException, InterruptedException {
        byte[] list = http.get(LIST);
        if (PublicSuffixes.parse(new String(list, StandardCharsets.UTF_8)).isEmpty()) {
            throw new IOException(LIST + " contains no section of ICANN domains");
        }
        return list;
    }

    @Override
    public void process(Message event, Outbox out) {
        if (event.get(source) instanceof String name) {
            event.add(Fields.SOURCE_DOMAIN_SUFFIX, suffixes.of(name));
        }
        if (event.get(destination) instanceof String name) {
            event.add(Fields.DESTINATION_DOMAIN_SUFFIX, suffixes.of(name));
        }
        out.send(event);
    }
}
