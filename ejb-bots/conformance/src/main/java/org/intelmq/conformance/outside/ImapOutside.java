package org.intelmq.conformance.outside;

import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Flags;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.intelmq.replay.Comparison;
import org.intelmq.replay.Markers;
import org.intelmq.replay.Plain;
import org.intelmq.testing.TlsKeys;

/** An IMAP server with the mails of the case, and which of them are marked as read afterwards. */
final class ImapOutside implements Outside {

    /** {@code imap} in {@code given} and {@code after}. */
    static final class Kind implements OutsideKind {

        @Override
        public Set<String> given() {
            return Set.of("imap");
        }

        @Override
        public Set<String> compared() {
            return Set.of("after.imap");
        }

        @Override
        public boolean owns(String parameter) {
            return parameter.startsWith("mail_");
        }

        @Override
        public Outside start(Map<String, Object> record, Path folder) throws Exception {
            return new ImapOutside(record);
        }
    }

    private static final String INBOX = "INBOX";
    private static final String USER = "cert";

    private final TrustedKeys keys;
    private final GreenMail server;
    private final StarttlsRelay relay;
    private final int port;
    private final List<StoredMessage> mails = new ArrayList<>();

    private ImapOutside(Map<String, Object> record) throws Exception {
        Map<String, Object> imap = Plain.map(Plain.map(record.get("given")).get("imap"));
        String kind = (String) imap.get("server");
        keys = kind.equals("IMAP") ? null : TrustedKeys.of(record);
        boolean tls = kind.equals("IMAPS");
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", tls ? ServerSetup.PROTOCOL_IMAPS : ServerSetup.PROTOCOL_IMAP));
        if (tls) {
            System.setProperty("greenmail.tls.keystore.file", keys.store().toString());
            System.setProperty("greenmail.tls.keystore.password", TlsKeys.PASSWORD);
        }
        server.start();
        int own = tls ? server.getImaps().getPort() : server.getImap().getPort();
        relay = kind.contains("STARTTLS") ? new StarttlsRelay(own, keys.context()) : null;
        port = relay == null ? own : relay.port();
        GreenMailUser user = server.setUser(USER + "@example.net", USER, (String) imap.get("password"));
        for (Map<String, Object> mail : Plain.<Map<String, Object>>list(imap.get("mails"))) {
            deliver(mail, user);
        }
    }

    private void deliver(Map<String, Object> mail, GreenMailUser user) throws Exception {
        ImapHostManager manager = server.getManagers().getImapHostManager();
        String name = (String) mail.getOrDefault("folder", INBOX);
        MailFolder folder = manager.getFolder(user, name) == null ? manager.createMailbox(user, name) : manager.getFolder(user, name);
        byte[] content = mail.get("data") instanceof Markers.Bytes bytes ? bytes.content() : ((String) mail.get("data")).getBytes(StandardCharsets.UTF_8);
        Flags flags = new Flags();
        if (Boolean.TRUE.equals(mail.get("seen"))) {
            flags.add(Flags.Flag.SEEN);
        }
        folder.appendMessage(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(content)), flags, new Date());
        List<StoredMessage> all = folder.getMessages();
        mails.add(all.get(all.size() - 1));
    }

    @Override
    public Map<String, Object> places() {
        return Map.of(PORT, (long) port, "user", USER);
    }

    @Override
    public void compare(Map<String, Object> record, Comparison comparison) {
        List<Object> marked = new ArrayList<>();
        for (int i = 0; i < mails.size(); i++) {
            Map<String, Object> mail = new LinkedHashMap<>();
            mail.put("mail", (long) i);
            mail.put("seen", mails.get(i).isSet(Flags.Flag.SEEN));
            mail.put("present", true);
            marked.add(mail);
        }
        comparison.compare("after.imap", Plain.map(record.get("after")).get("imap"), marked);
    }

    @Override
    public void close() throws IOException {
        if (relay != null) {
            relay.close();
        }
        server.stop();
        if (keys != null) {
            keys.close();
        }
    }
}
