package org.intelmq.conformance.outside;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.intelmq.replay.Comparison;
import org.intelmq.replay.Plain;
import org.intelmq.testing.SmtpStub;
import org.intelmq.testing.SmtpStub.Safety;

/** A mail server that takes or refuses mails as the case says, and what it was sent. */
final class SmtpOutside implements Outside {

    /** {@code smtp} in {@code given}, {@code mails} and {@code auth} in {@code sent}. */
    static final class Kind implements OutsideKind {

        @Override
        public Set<String> given() {
            return Set.of("smtp");
        }

        @Override
        public Set<String> compared() {
            return Set.of("mails", "auth");
        }

        @Override
        public boolean owns(String parameter) {
            return parameter.startsWith("smtp");
        }

        @Override
        public Outside start(Map<String, Object> record, Path folder) throws IOException, InterruptedException {
            return new SmtpOutside(record);
        }
    }

    private static final String DEFAULT_TEXT = "{default-text}";

    private final TrustedKeys keys;
    private final SmtpStub server;
    private final int port;

    private SmtpOutside(Map<String, Object> record) throws IOException, InterruptedException {
        Map<String, Object> smtp = Plain.map(Plain.map(record.get("given")).get("smtp"));
        String kind = (String) smtp.get("server");
        Safety safety = kind.equals("tls") ? Safety.TLS : kind.equals("starttls") ? Safety.STARTTLS : Safety.NONE;
        keys = safety == Safety.NONE ? null : TrustedKeys.of(record);
        server = new SmtpStub(safety, keys == null ? null : keys.context(), !kind.equals("noauth"));
        Map<String, Object> refusals = Plain.map(smtp.get("reject"));
        refusals.forEach((step, reply) -> {
            if (reply instanceof Map<?, ?> recipients) {
                recipients.forEach((address, refusal) -> server.refuse(address.toString(), refusal.toString()));
            } else {
                server.refuse(step.toUpperCase(Locale.ROOT), reply.toString());
            }
        });
        port = server.port();
        if (kind.equals("closed")) {
            server.close();
        }
    }

    @Override
    public Map<String, Object> places() {
        return Map.of(PORT, (long) port);
    }

    @Override
    public void compare(Map<String, Object> record, Comparison comparison) throws Exception {
        Map<String, Object> sent = Plain.map(record.get("sent"));
        List<Object> expected = new ArrayList<>();
        for (Map<String, Object> mail : Plain.<Map<String, Object>>list(sent.get("mails"))) {
            expected.add(ComparableMail.recorded(mail));
        }
        List<Object> got = new ArrayList<>();
        for (SmtpStub.Mail mail : server.mails()) {
            got.add(ComparableMail.of(mail));
        }
        if (record.containsKey("command_line")) {
            // the order in which a Redis lists its keys
            Comparator<Object> byRecipient = Comparator.comparing(mail -> Plain.map(mail).get("rcpt_to").toString() + Plain.map(mail).get("header"));
            expected.sort(byRecipient);
            got.sort(byRecipient);
        }
        for (int i = 0; i < Math.min(expected.size(), got.size()); i++) {
            adapt(Plain.map(expected.get(i)), Plain.map(got.get(i)));
        }
        comparison.compare("sent.mails", Placeholders.filled(expected, got), got);
        comparison.compare("sent.auth", logins(Plain.list(sent.get("auth"))), ours());
    }

    /** Leaves out what the original leaves to the server or to its library. */
    private static void adapt(Map<String, Object> expected, Map<String, Object> got) {
        Map<String, Object> ours = Plain.map(got.get("header"));
        Map<String, Object> theirs = Plain.map(expected.get("header"));
        // IntelMQ's mails have none if the mail server adds none; the standard asks for both
        for (String head : List.of("date", "message-id")) {
            if (theirs.containsKey(head)) {
                theirs.put(head, ours.get(head));
            } else {
                ours.remove(head);
            }
        }
        List<Map<String, Object>> parts = Plain.list(expected.get("parts"));
        List<Map<String, Object>> came = Plain.list(got.get("parts"));
        for (int i = 0; i < Math.min(parts.size(), came.size()); i++) {
            if (DEFAULT_TEXT.equals(parts.get(i).get("content"))) {
                parts.get(i).put("content", came.get(i).get("content"));
            }
        }
    }

    /** Those that were let in, and who was not: how often somebody is refused depends on the library. */
    private static List<String> logins(List<Map<String, Object>> attempts) {
        Set<String> logins = new TreeSet<>();
        attempts.forEach(attempt -> logins.add(login((String) attempt.get("login"), (String) attempt.get("password"), (boolean) attempt.get("accepted"))));
        return List.copyOf(logins);
    }

    private List<String> ours() {
        Set<String> logins = new TreeSet<>();
        server.attempts().forEach(attempt -> logins.add(login(attempt.user(), attempt.password(), attempt.accepted())));
        return List.copyOf(logins);
    }

    private static String login(String user, String password, boolean accepted) {
        return user + ':' + password + (accepted ? " was let in" : " was refused");
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (keys != null) {
            keys.close();
        }
    }
}
