package org.intelmq.bots.collectors.mail;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.intelmq.archive.Archive;
import org.intelmq.archive.ExtractFiles;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.ReportSize;
import org.intelmq.bot.Tick;
import org.intelmq.files.SharedMemory;
import org.intelmq.mail.MailCollection;
import org.intelmq.mail.MailReports;
import org.intelmq.mail.MailboxParams;
import org.intelmq.mail.ReadMail;
import org.intelmq.mail.UnusableAttachment;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Report;
import org.intelmq.text.encoding.Base64Text;
import org.intelmq.text.pattern.UserPattern;

/** One report per attachment, or per file in an archive. */
public final class MailAttachmentCollector implements Bot<Tick> {

    public record Params(
            MailboxParams mailbox,
            @Param(value = "Regular expression for the names of wanted attachments.", optional = true, byDefault = "csv.zip")
            String attachRegex,
            @Param(value = "Which files of an attached archive (zip, tar, gzip) become reports: true for all, or their names; with false, the "
                    + "archive itself does. With true, other files are passed on as they are.", optional = true, byDefault = "true",
                    aliases = "attach_unzip")
            Object extractFiles,
            @Param(value = "Polling interval.", byDefault = "60")
            Duration rateLimit,
            HttpParams http) { }

    public static final BotType<Params> TYPE = BotType.collector("intelmq.bots.collectors.mail.collector_mail_attach", "Generic Mail Attachment Fetcher",
            "Collects files that are attached to mails.", Params.class, MailAttachmentCollector::new).connecting().remembering();

    private static final Set<String> ARCHIVES = Set.of("zip", "tar", "gz", "tgz", "bz2", "tbz2");

    private final MailCollection mails;
    private final BotContext context;
    private final UserPattern names;
    private final ExtractFiles extractFiles;
    private final boolean extractsAll;

    MailAttachmentCollector(Params params, BotContext context) {
        this.context = context;
        if (params.attachRegex() == null) {
            throw new ConfigurationException("parameter 'attach_regex' is not set: expected a regular expression");
        }
        names = MailCollection.pattern("attach_regex", params.attachRegex());
        extractFiles = ExtractFiles.of(params.extractFiles());
        extractsAll = "true".equals(String.valueOf(params.extractFiles()));
        mails = new MailCollection(params.mailbox(), params.http(), context);
    }

    @Override
    public void process(Tick tick, Outbox out) throws Exception {
        mails.collect(tick, out, this::take);
    }

    private MailCollection.Contents take(ReadMail mail) throws IOException {
        SharedMemory.Share memory = SharedMemory.OF_SERVER.share();
        List<Report> reports;
        try {
            reports = reports(mail, memory);
        } catch (IOException | RuntimeException e) {
            memory.close();
            throw e;
        }
        return reports == null ? null : new MailCollection.Contents() {
            @Override
            public void send(MailReports out) {
                reports.forEach(out::send);
            }

            @Override
            public void close() {
                memory.close();
            }
        };
    }

    /** Returns {@code null} if no attachment is wanted. */
    private List<Report> reports(ReadMail mail, SharedMemory.Share memory) throws IOException {
        List<Report> reports = new ArrayList<>();
        boolean wanted = false;
        for (ReadMail.Attachment attachment : mail.attachments()) {
            if (names != null && !names.find(attachment.name())) {
                continue;
            }
            wanted = true;
            for (Archive.Member file : files(attachment, memory)) {
                if (file.content().length == 0) {
                    context.log().warning("The file " + file.name() + " in " + mail + " is empty, so there is no report.");
                } else {
                    reports.add(report(mail, file));
                }
            }
        }
        return wanted ? reports : null;
    }

    private List<Archive.Member> files(ReadMail.Attachment attachment, SharedMemory.Share memory) throws IOException {
        try {
            if (!extractFiles.any() || extractsAll && !isArchive(attachment)) {
                ReportSize.check("attachment " + attachment.name(), attachment.content().length);
                return List.of(new Archive.Member(attachment.name(), attachment.content()));
            }
            List<Archive.Member> files = Archive.unpack(attachment.content(), extractFiles.wanted(), memory);
            for (Archive.Member file : files) {
                ReportSize.check("the file " + file.name() + " in it", file.content().length);
            }
            return files;
        } catch (SharedMemory.NoRoomException e) {
            throw new MailCollection.TryAgainException("attachment " + attachment.name() + " cannot be unpacked now: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UnusableAttachment(attachment, e);
        }
    }

    private static boolean isArchive(ReadMail.Attachment attachment) {
        String ending = attachment.name().substring(attachment.name().lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return ARCHIVES.contains(ending) || Archive.isPacked(attachment.content());
    }

    private Report report(ReadMail mail, Archive.Member file) {
        Report report = context.newReport();
        report.addUnsanitized(Fields.RAW, Base64Text.encode(file.content()), IfPresent.REPLACE, true);
        if (file.name() != null) {
            report.add("extra.file_name", file.name());
        }
        mail.describe(report);
        mail.date(report);
        return report;
    }

    @Override
    public void close() {
        mails.close();
    }
}
