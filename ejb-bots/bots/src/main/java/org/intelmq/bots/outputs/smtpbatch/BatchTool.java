package org.intelmq.bots.outputs.smtpbatch;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.intelmq.bot.BotTool.Caller;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.UnavailableException;
import org.intelmq.bot.UndecodableException;
import org.intelmq.files.PrivateFiles;
import org.intelmq.mail.Login;
import org.intelmq.mail.MailSender;
import org.intelmq.mail.OutgoingMail;
import org.intelmq.mail.PgpSigner;
import org.intelmq.mail.SmtpServer;
import org.intelmq.mail.SmtpServer.Encryption;
import org.intelmq.mail.Trust;

/**
 * Sends the kept events, one mail per contact, immediately or after a dialogue. A mail's events are removed from their list once the mail
 * server has accepted the mail. If the tool ends in between, it is unknown whether the mail was accepted, so the next run says so and sends
 * the same mail again, with the same Message-ID. Events that arrive meanwhile stay for the next mail.
 */
final class BatchTool {

    private static final int SUBMISSION = 587;
    private static final int SUBMISSION_OVER_TLS = 465;
    private static final int SMTP = 25;

    private final Caller caller;
    private final PrintStream out;
    private final BatchOptions options;
    private final BatchStore store;
    private final BatchMails mails;
    private final MailSender sender;
    private final boolean signs;
    private String tester;

    private BatchTool(SmtpBatchOutput.Params params, Caller caller, BatchOptions options, BatchStore store) {
        this.caller = caller;
        this.out = caller.out();
        this.options = options;
        this.store = store;
        this.tester = options.tester();
        this.signs = options.gpgKey() != null;
        if (signs && params.gpgSecretKeys() == null) {
            throw new ConfigurationException("parameter 'gpg_secret_keys' is not set: expected the file that 'gpg --export-secret-keys " + options.gpgKey()
                    + "' writes, because mails are to be signed");
        }
        PgpSigner signer = signs ? PgpSigner.of(options.gpgKey(), params.gpgPass(), params.gpgSecretKeys()) : null;
        this.mails = new BatchMails(params, options.ignoreOlderThanDays(), signer, store, caller.botId(), caller.clock());
        this.sender = sender(params, caller);
    }

    static int run(SmtpBatchOutput.Params params, Caller caller, List<String> arguments) throws Exception {
        BatchOptions options = BatchOptions.of(params, arguments);
        try (BatchStore store = new BatchStore(params.redis(), params.additionalGroupingKeys(), caller.botId(), caller.clock())) {
            BatchTool tool = new BatchTool(params, caller, options, store);
            try (tool.sender) {
                return tool.run();
            }
        }
    }

    private static MailSender sender(SmtpBatchOutput.Params params, Caller caller) {
        Map<?, ?> server = params.smtpServer() instanceof Map<?, ?> map ? map : Map.of("host", params.smtpServer());
        int port = server.get("port") == null ? SMTP : number(server.get("port"));
        Encryption byPort = port == SUBMISSION ? Encryption.STARTTLS : port == SUBMISSION_OVER_TLS ? Encryption.TLS : Encryption.NONE;
        Encryption encryption = switch (text(server.get("security"))) {
            case "starttls" -> Encryption.STARTTLS;
            case "tls", "ssl" -> Encryption.TLS;
            case "" -> byPort;
            default -> throw new ConfigurationException("parameter 'smtp_server': security cannot be \"" + server.get("security")
                    + "\": expected starttls or tls");
        };
        Trust trust = Trust.of("http_verify_cert", params.http().httpVerifyCert(), params.connection().sslCaCertificate());
        SmtpServer smtp = new SmtpServer(server.get("host") == null ? "localhost" : text(server.get("host")), port, encryption, trust,
                params.connection().mailTimeout());
        Login login = new Login(text(server.get("user")), text(server.get("password")), params.oauth(),
                params.oauth().isUsed() ? caller.http().apply(params.http()) : null, caller.clock());
        return new MailSender(smtp, login, Logger.getLogger(BatchTool.class.getName()));
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }

    private static int number(Object port) {
        try {
            return Integer.parseInt(port.toString());
        } catch (NumberFormatException e) {
            throw new ConfigurationException("parameter 'smtp_server': port cannot be \"" + port + "\": expected a whole number", e);
        }
    }

    private int run() throws Exception {
        out.println("Preparing mail queue...");
        List<Batch> batches = prepare();
        out.println();
        if (options.limit() > 0) {
            out.print("Results limited to " + options.limit() + " by flag. ");
        }
        if (batches.isEmpty()) {
            out.println(" *** No mails in queue ***");
            return 0;
        }
        out.println("Number of mails in the queue: " + batches.size());
        if (options.send()) {
            menu();
            out.println(" ... Sending now!");
            return sendAll(batches);
        }
        return converse(batches);
    }

    private List<Batch> prepare() {
        List<Batch> batches = new ArrayList<>();
        List<String> keys = store.keys();
        for (String key : options.limit() > 0 ? keys.subList(0, Math.min(options.limit(), keys.size())) : keys) {
            Long begun = store.sending(key);
            Batch batch = mails.batch(key, begun == null ? store.length(key) : begun);
            String contact = store.contact(key);
            if (contact != null && !contact.equals(batch.to())) {
                out.println("Alternative: instead of " + contact + " we use " + batch.to());
            }
            out.print("To: " + batch.to() + "; Subject: " + batch.subject() + note(batch.to()) + ' ');
            if (batch.events() == 0) {
                out.println("Will not be send, all events skipped");
                continue;
            }
            out.println("Events: " + batch.events() + ", Size: " + batch.size());
            if (begun != null) {
                out.println("  An earlier run was interrupted while it sent this mail: it may have arrived. It is sent again under the same "
                        + "Message-ID.");
            }
            batches.add(batch);
        }
        return batches;
    }

    private static String note(String to) {
        return " (" + to + ')';
    }

    private void menu() {
        out.println(signs ? "GPG active" : "No GPG");
        out.println();
        out.println("What you would like to do?");
        out.println("* enter to send first mail to tester's address " + (tester == null ? "(none yet)" : tester) + '.');
        out.println("* any mail from above to be delivered to tester's address");
        out.println("* 'debug' to send all the e-mails to tester's address");
        if (tester != null) {
            out.println("* 's' for setting other tester's address");
        }
        out.println("* 'all' for sending all the e-mails");
        out.println("* 'clear' for clearing the queue");
        out.println("* 'x' to cancel");
        out.print("? ");
        out.flush();
    }

    private int converse(List<Batch> batches) throws Exception {
        while (true) {
            menu();
            String answer = caller.in().readLine();
            if (answer == null) {
                return 0;
            }
            switch (answer) {
                case "x", "q" -> {
                    return 0;
                }
                case "all" -> {
                    return sendAll(batches);
                }
                case "clear" -> {
                    batches.forEach(batch -> store.done(batch.key(), batch.read()));
                    out.println("Queue cleared.");
                    return 0;
                }
                case "s" -> askForTester();
                case "", "y" -> sendToTester(batches.subList(0, 1));
                case "debug" -> sendToTester(batches);
                default -> {
                    List<Batch> meant = batches.stream().filter(batch -> batch.to().equals(answer)).limit(1).toList();
                    if (meant.isEmpty()) {
                        out.println("Unknown option.");
                    } else {
                        sendToTester(meant);
                    }
                }
            }
        }
    }

    private void askForTester() throws IOException {
        out.println();
        out.println("What e-mail should I use?");
        out.flush();
        tester = caller.in().readLine();
    }

    private void sendToTester(List<Batch> batches) throws Exception {
        if (tester == null) {
            askForTester();
        }
        if (tester == null) {
            return;
        }
        int sent = 0;
        for (Batch batch : batches) {
            sent += isSent(mails.mail(batch, tester, " (intended for " + batch.to() + ')', false)) ? 1 : 0;
        }
        out.println(sent + "× mail sent to: " + tester);
        out.println();
    }

    /** Returns the exit code: 1 if a mail was not sent and so is still there. */
    private int sendAll(List<Batch> batches) throws Exception {
        PrivateFiles.createDirectories(caller.dataDirectory().resolve("mail-output"));
        try (FileChannel file = PrivateFiles.open(caller.dataDirectory().resolve("mail-output").resolve('.' + caller.botId() + ".lock"),
                StandardOpenOption.CREATE, StandardOpenOption.WRITE); FileLock lock = file.tryLock()) {
            if (lock == null) {
                throw new ConfigurationException("another run is sending the mails of " + caller.botId() + " now: wait until it ends");
            }
            int sent = 0;
            for (Batch batch : batches) {
                sent += sendOne(batch) ? 1 : 0;
            }
            out.println();
            out.println(sent + "× mail sent.");
            out.println();
            return sent == batches.size() ? 0 : 1;
        }
    }

    private boolean sendOne(Batch batch) throws Exception {
        OutgoingMail mail = mails.mail(batch, batch.to(), note(batch.to()), true);
        store.begin(batch.key(), batch.read());
        if (!isSent(mail)) {
            store.abandon(batch.key());
            return false;
        }
        store.done(batch.key(), batch.read());
        out.print(batch.to() + ' ');
        out.flush();
        return true;
    }

    private boolean isSent(OutgoingMail mail) throws InterruptedException {
        try {
            sender.send(mail);
            return true;
        } catch (IOException | UnavailableException | UndecodableException e) {
            System.err.println("Not sent: " + e.getMessage());
            return false;
        }
    }
}
