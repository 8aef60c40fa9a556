package org.intelmq.bots.collectors.mail;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Download;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.Tick;
import org.intelmq.chunks.Chunks;
import org.intelmq.mail.MailCollection;
import org.intelmq.mail.MailCollection.TryAgainException;
import org.intelmq.mail.MailReports;
import org.intelmq.mail.MailboxParams;
import org.intelmq.mail.ReadMail;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Report;
import org.intelmq.text.encoding.Base64Text;
import org.intelmq.text.net.MaskedUrl;
import org.intelmq.text.pattern.UserPattern;

/** One report, or several chunks of it, for the first link in each plain text of a mail. */
public final class MailUrlCollector implements Bot<Tick> {

    public record Params(
            MailboxParams mailbox,
            @Param(value = "Regular expression for the links that are followed.", byDefault = "http://", example = "https://reports\\.example\\.com/\\S+")
            String urlRegex,
            @Param(value = "Maximum size of a report in bytes; larger files are split at line ends. If not set, files are not split.", optional = true,
                    example = "10000000")
            Integer chunkSize,
            @Param(value = "Whether each chunk begins with the file's first line.", byDefault = "true")
            boolean chunkReplicateHeader,
            @Param(value = "What to do with a mail whose link does not exist (status 4xx): pass marks it as read, stop leaves it unread.", byDefault = "pass")
            ErrorProcedure errorProcedure,
            @Param(value = "Polling interval.", byDefault = "60")
            Duration rateLimit,
            HttpParams http) { }

    /** What to do after a failure that another attempt will not mend. */
    public enum ErrorProcedure { PASS, STOP }

    public static final BotType<Params> TYPE = BotType.collector("intelmq.bots.collectors.mail.collector_mail_url", "Generic Mail URL Fetcher",
            "Collects files that mails link to.", Params.class, MailUrlCollector::new).connecting().remembering();

    private static final int TIMEOUT = 408;
    private static final int TOO_MANY = 429;

    private final Params params;
    private final BotContext context;
    private final MailCollection mails;
    private final UserPattern links;
    private final Http http;

    /** The file that a link leads to. */
    private record File(String link, Download download) { }

    MailUrlCollector(Params params, BotContext context) {
        this.params = params;
        this.context = context;
        links = MailCollection.pattern("url_regex", params.urlRegex());
        if (links == null) {
            throw new ConfigurationException("parameter 'url_regex' is \"\": expected a regular expression for links");
        }
        http = context.http(params.http());
        mails = new MailCollection(params.mailbox(), params.http(), context);
    }

    @Override
    public void process(Tick tick, Outbox out) throws Exception {
        mails.collect(tick, out, this::take);
    }

    private MailCollection.Contents take(ReadMail mail) throws IOException, InterruptedException {
        List<String> found = mail.texts().stream().filter(text -> !text.html() || text.whole()).map(text -> links.firstMatch(text.content()))
                .filter(link -> link != null).map(String::strip).toList();
        if (found.isEmpty()) {
            return null;
        }
        List<File> files = new ArrayList<>();
        try {
            for (String link : found) {
                File file = fetched(link);
                if (file == null && params.errorProcedure() == ErrorProcedure.STOP) {
                    throw new TryAgainException("the link " + MaskedUrl.in(link) + " does not exist, and error_procedure is stop", null);
                }
                if (file != null) {
                    files.add(file);
                }
            }
        } catch (IOException | RuntimeException | InterruptedException e) {
            close(files);
            throw e;
        }
        return new Files(mail, files);
    }

    /** Returns {@code null} if there is nothing, and never will be. */
    private File fetched(String link) throws IOException, InterruptedException {
        context.log().info("Downloading report from '" + MaskedUrl.in(link) + "'.");
        Download download;
        try {
            download = http.download(http.request(URI.create(link)).GET().build());
        } catch (IOException e) {
            throw new TryAgainException(e.getMessage(), e);
        }
        if (download.status() / 100 == 2) {
            return new File(link, download);
        }
        download.close();
        String problem = "HTTP response status code was " + download.status() + " for " + MaskedUrl.in(link) + ", expected 200.";
        if (download.status() / 100 != 4 || download.status() == TIMEOUT || download.status() == TOO_MANY) {
            throw new TryAgainException(problem, null);
        }
        context.log().severe(problem);
        return null;
    }

    private static void close(List<File> files) throws IOException {
        for (File file : files) {
            file.download().close();
        }
    }

    private final class Files implements MailCollection.Contents {

        private final ReadMail mail;
        private final List<File> files;

        private Files(ReadMail mail, List<File> files) {
            this.mail = mail;
            this.files = files;
        }

        @Override
        public void send(MailReports out) throws IOException {
            for (File file : files) {
                if (file.download().body().size() == 0) {
                    context.log().warning("Got empty response from server.");
                } else if (params.chunkSize() == null) {
                    out.send(report(mail, file), file.download().body());
                } else {
                    sendChunks(file, out);
                }
            }
        }

        private void sendChunks(File file, MailReports out) throws IOException {
            try (InputStream in = file.download().body().open()) {
                Chunks chunks = new Chunks(in, params.chunkSize(), params.chunkReplicateHeader());
                for (byte[] chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
                    Report report = report(mail, file);
                    report.addUnsanitized(Fields.RAW, Base64Text.encode(chunk), IfPresent.REPLACE, true);
                    out.send(report);
                }
            }
        }

        @Override
        public void close() throws IOException {
            MailUrlCollector.close(files);
        }
    }

    private Report report(ReadMail mail, File file) {
        Report report = context.newReport();
        report.add(Fields.FEED_URL, MaskedUrl.withoutPassword(file.link()));
        mail.describe(report);
        String name = name(file.download());
        if (!name.isEmpty()) {
            report.add("extra.file_name", name);
        }
        mail.date(report);
        return report;
    }

    /** The server's name for it, or else the end of the address. */
    private static String name(Download download) {
        String disposition = download.headers().firstValue("Content-Disposition").orElse("");
        int at = disposition.toLowerCase(Locale.ROOT).indexOf("filename=");
        if (at >= 0) {
            String name = disposition.substring(at + "filename=".length()).strip();
            return name.startsWith("\"") && name.indexOf('"', 1) > 0 ? name.substring(1, name.indexOf('"', 1)) : name.split(";", 2)[0].strip();
        }
        String address = download.address().toString();
        return address.substring(address.lastIndexOf('/') + 1);
    }

    @Override
    public void close() {
        mails.close();
    }
}
