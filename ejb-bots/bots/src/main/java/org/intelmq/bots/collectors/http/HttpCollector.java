package org.intelmq.bots.collectors.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.intelmq.archive.Archive;
import org.intelmq.archive.ExtractFiles;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Download;
import org.intelmq.bot.Form;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.ReportData;
import org.intelmq.bot.ReportSize;
import org.intelmq.bot.Tick;
import org.intelmq.bot.TimedText;
import org.intelmq.files.SharedMemory;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Report;
import org.intelmq.text.net.HttpText;
import org.intelmq.text.net.MaskedUrl;

public final class HttpCollector implements Bot<Tick> {

    public record Params(
            @Param(value = "URL to fetch; with http_url_formatting, {time[%Y-%m-%d]} is replaced by the time.", example = "https://feeds.example/list.csv",
                    form = Form.WEB_ADDRESS)
            String httpUrl,
            @Param(value = "Whether the URL contains placeholders for times; a map such as days: -1 shifts the time.", byDefault = "false",
                    example = "days: -1")
            Object httpUrlFormatting,
            @Param(value = "Which files of an archive (zip, tar, gzip) become reports: true for all, or their names; if false, only zip files are unpacked.",
                    byDefault = "false")
            Object extractFiles,
            @Param(value = "Whether to accept a report only if its signature at signature_url is valid.", byDefault = "false")
            boolean verifyPgpSignatures,
            @Param(value = "Address of the detached PGP signature.", optional = true, form = Form.WEB_ADDRESS)
            String signatureUrl,
            @Param(value = "Like http_url_formatting, for signature_url.", byDefault = "false")
            Object signatureUrlFormatting,
            @Param(value = "File with the public keys to trust; by default GnuPG's own.", optional = true)
            Path gpgKeyring,
            @Param(value = "Polling interval.", byDefault = "3600")
            Duration rateLimit,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.collector("intelmq.bots.collectors.http.collector_http", "Generic URL Fetcher",
            "Fetches a report by HTTP.", Params.class, HttpCollector::new);

    private final Params params;
    private final BotContext context;
    private final Http http;
    private final TimedText url;
    private final TimedText signatureUrl;
    private final ExtractFiles extractFiles;

    HttpCollector(Params params, BotContext context) {
        this.params = params;
        this.context = context;
        http = context.http(params.http());
        url = new TimedText("http_url", params.httpUrl(), "http_url_formatting", params.httpUrlFormatting(), context.clock());
        extractFiles = ExtractFiles.of(params.extractFiles());
        if (params.verifyPgpSignatures() && params.signatureUrl() == null) {
            throw new ConfigurationException("parameter 'signature_url' is not set: expected the signature's address, because verify_pgp_signatures "
                    + "is true");
        }
        signatureUrl = params.verifyPgpSignatures()
                ? new TimedText("signature_url", params.signatureUrl(), "signature_url_formatting", params.signatureUrlFormatting(),
                        context.clock()) : null;
    }

    @Override
    public void process(Tick tick, Outbox out) throws IOException, InterruptedException {
        String address = url.now();
        context.log().info("Downloading report from '" + MaskedUrl.in(address) + "'.");
        try (Download reply = http.fetch(http.request(URI.create(address)).GET().build())) {
            context.log().info("Report downloaded.");
            collect(address, reply, out);
        }
    }

    private void collect(String address, Download reply, Outbox out) throws IOException, InterruptedException {
        String contentType = reply.headers().firstValue("Content-Type").orElse(null);
        ReportData body = reply.body();
        if (body.size() > ReportSize.MOST && signatureUrl == null && !extractFiles.any() && !isPacked(body)) {
            Report report = context.newReport();
            report.add(Fields.FEED_URL, MaskedUrl.withoutPassword(address));
            out.send(report, reply.text());
            return;
        }
        ReportSize.check("the reply of " + MaskedUrl.in(address), body.size());
        try (InputStream content = body.open()) {
            collect(address, content.readAllBytes(), contentType, out);
        }
    }

    private static boolean isPacked(ReportData body) throws IOException {
        try (InputStream content = body.open()) {
            return Archive.mayBeZip(content.readNBytes(4));
        }
    }

    private void collect(String address, byte[] body, String contentType, Outbox out) throws IOException, InterruptedException {
        if (signatureUrl != null && !isSigned(body)) {
            return;
        }
        if (!extractFiles.any() && !Archive.isZip(body)) {
            Report report = context.newReport();
            report.add(Fields.RAW, HttpText.decode(body, contentType));
            report.add(Fields.FEED_URL, MaskedUrl.withoutPassword(address));
            out.send(report);
            return;
        }
        try (SharedMemory.Share memory = SharedMemory.OF_SERVER.share()) {
            collect(address, Archive.unpack(body, extractFiles.any() ? extractFiles.wanted() : name -> true, memory), out);
        }
    }

    private void collect(String address, List<Archive.Member> members, Outbox out) throws IOException {
        for (Archive.Member member : members) {
            ReportSize.check("what " + MaskedUrl.in(address) + " unpacks to", member.content().length);
            Report report = context.newReport();
            report.addUnsanitized(Fields.RAW, Base64.getEncoder().encodeToString(member.content()), IfPresent.REPLACE, true);
            report.add(Fields.FEED_URL, MaskedUrl.withoutPassword(address));
            if (member.name() != null) {
                report.add("extra.file_name", member.name());
            }
            out.send(report);
        }
    }

    private boolean isSigned(byte[] body) throws IOException, InterruptedException {
        String address = signatureUrl.now();
        context.log().info("Downloading PGP signature from " + MaskedUrl.in(address) + ".");
        byte[] signature = http.get(URI.create(address));
        String problem = new Keyring(params.gpgKeyring()).problem(signature, body);
        if (problem != null) {
            context.log().severe("Report rejected: its signature " + MaskedUrl.in(address) + " is not valid: " + problem + ".");
            return false;
        }
        context.log().info("PGP signature checked.");
        return true;
    }
}
