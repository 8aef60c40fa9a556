package org.intelmq.administration.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.intelmq.administration.Query;
import org.intelmq.administration.Site;
import org.intelmq.control.Version;
import org.intelmq.message.Json;

/** Versions and licences, as the distribution's list of parts (CycloneDX) tells them. */
public record ShowAbout() implements Query<About> {

    @Override
    public About perform(Site site) throws IOException {
        return new About(Version.text(), Version.INTELMQ, "AGPL-3.0-or-later", libraries());
    }

    private static List<About.Library> libraries() throws IOException {
        String home = System.getProperty("intelmq.home");
        Path parts = home == null ? null : Path.of(home, "share", "sbom.cdx.json");
        List<About.Library> libraries = new ArrayList<>();
        boolean known = parts != null && Files.exists(parts);
        if (known && Json.parse(Files.readString(parts)) instanceof Map<?, ?> list && list.get("components") instanceof List<?> all) {
            all.stream().filter(Map.class::isInstance).map(each -> (Map<?, ?>) each).forEach(part -> libraries.add(new About.Library(
                    String.valueOf(part.get("name")), Objects.toString(part.get("version"), null), licence(part.get("licenses")))));
        }
        libraries.sort(Comparator.comparing(About.Library::name));
        return libraries;
    }

    private static String licence(Object licences) {
        Stream<?> all = licences instanceof List<?> list ? list.stream() : Stream.of();
        String names = all.filter(Map.class::isInstance).map(each -> (Map<?, ?>) each)
                .map(each -> each.get("license") instanceof Map<?, ?> one ? (one.get("id") == null ? one.get("name") : one.get("id")) : each.get("expression"))
                .filter(Objects::nonNull).map(String::valueOf).distinct().collect(Collectors.joining(", "));
        return names.isEmpty() ? null : names;
    }
}
