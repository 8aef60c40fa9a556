package org.intelmq.jms.artemis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;

/**
 * Who may do what with the embedded broker once it has a port: this process everything, and the one user of other programs may send to bots'
 * queues and read from them. Thread-safe.
 */
final class Doorkeeper implements ActiveMQSecurityManager5 {

    private static final Set<CheckType> OF_OTHERS = Set.of(CheckType.SEND, CheckType.CONSUME, CheckType.BROWSE);

    private final AcceptorAddress acceptor;
    private final Predicate<String> isBotsQueue;
    private final String ownUser = "intelmq-" + UUID.randomUUID();
    private final String ownPassword = UUID.randomUUID().toString();

    Doorkeeper(AcceptorAddress acceptor, Predicate<String> isBotsQueue) {
        this.acceptor = acceptor;
        this.isBotsQueue = isBotsQueue;
    }

    /** The user of this process; created anew at each start. */
    String ownUser() {
        return ownUser;
    }

    String ownPassword() {
        return ownPassword;
    }

    @Override
    public Subject authenticate(String user, String password, RemotingConnection connection, String domain) {
        if (!validateUser(user, password)) {
            return null;
        }
        return new Subject(true, Set.of(new UserPrincipal(user)), Set.of(), Set.of());
    }

    @Override
    public boolean validateUser(String user, String password) {
        return same(ownUser, user) && same(ownPassword, password) || same(acceptor.user(), user) && same(acceptor.password(), password);
    }

    @Override
    public boolean authorize(Subject subject, Set<Role> roles, CheckType what, String address) {
        return subject != null && (subject.getPrincipals().contains(new UserPrincipal(ownUser))
                || OF_OTHERS.contains(what) && isBotsQueue.test(queue(address)));
    }

    @Override
    public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType what) {
        return false;
    }

    /** From {@code address::queue}, if a queue is given. */
    private static String queue(String address) {
        return address == null ? "" : address.substring(address.lastIndexOf(':') + 1);
    }

    private static boolean same(String expected, String given) {
        return given != null && MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
