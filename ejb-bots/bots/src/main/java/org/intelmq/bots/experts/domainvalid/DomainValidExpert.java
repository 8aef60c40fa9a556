package org.intelmq.bots.experts.domainvalid;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Folder;
import org.intelmq.bot.Http;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.RuleText;
import org.intelmq.files.WholeFile;
import org.intelmq.message.Field;
import org.intelmq.message.Message;
import org.intelmq.text.net.Idna;

/** Database: https://data.iana.org/TLD/tlds-alpha-by-domain.txt. */
public final class DomainValidExpert implements Bot<Message> {

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.domain_valid.expert", "Domain valid",
            "Drops events without a valid domain name in a field: letters, digits and hyphens, below an existing top-level domain.",
            Params.class, DomainValidExpert::new)
            .updating(Params::tldsDomainsList, (params, http, target) -> target.write(newest(http)))
            .withRules(RuleText.plain("list", Params::tldsDomainsList));

    public record Params(
            @Param(value = "The field to look at.", byDefault = "source.fqdn", fields = FieldNames.LOOKED_AT)
            String domainField,
            @Param(value = "File with the top-level domains, one per line; below var/lib/bots if not absolute.",
                    byDefault = "domain_valid/tlds-alpha-by-domain.txt", folder = Folder.DATA)
            Path tldsDomainsList) { }

    private static final URI TOP_LEVEL_DOMAINS = URI.create("https://data.iana.org/TLD/tlds-alpha-by-domain.txt");
    private static final int LONGEST_LABEL = 63;

    private final Field field;
    private final Set<String> topLevels;

    private DomainValidExpert(Params params, BotContext context) {
        this.field = Field.of(params.domainField());
        this.topLevels = read(context.dataDirectory().resolve(params.tldsDomainsList()));
    }

    private static Set<String> read(Path file) {
        try (Stream<String> lines = Files.lines(WholeFile.require(file))) {
            return lines.filter(line -> !line.startsWith("#")).map(line -> line.strip().toLowerCase(Locale.ROOT))
                    .collect(Collectors.toCollection(HashSet::new));
        } catch (IOException e) {
            throw new ConfigurationException("parameter 'tlds_domains_list' cannot be \"" + file + "\": expected a readable file, see update-database ("
                    + e + ')', e);
        }
    }

    private static byte[] newest(Http http) throws IOException, InterruptedException {
        return http.get(TOP_LEVEL_DOMAINS);
    }

    @Override
    public void process(Message event, Outbox out) {
        if (event.get(field) instanceof String name && isValid(name)) {
            out.send(event);
        }
    }

    private boolean isValid(String name) {
        if (name.indexOf('_') >= 0 || !topLevels.contains(name.substring(name.lastIndexOf('.') + 1))) {
            return false;
        }
        String[] labels;
        try {
            labels = Idna.toAscii(name).split("\\.", -1);
        } catch (IllegalArgumentException e) {
            return false;
        }
        String top = labels[labels.length - 1];
        for (String label : labels) {
            if (!isLabel(label)) {
                return false;
            }
        }
        return labels.length > 1 && top.length() > 1 && Character.isLetter(top.charAt(top.length() - 1));
    }

    private static boolean isLabel(String label) {
        if (label.isEmpty() || label.length() > LONGEST_LABEL || label.charAt(0) == '-' || label.charAt(label.length() - 1) == '-') {
            return false;
        }
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-')) {
                return false;
            }
        }
        return true;
    }
}
