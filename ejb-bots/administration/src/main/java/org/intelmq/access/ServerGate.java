package org.intelmq.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Those who use IntelMQ's own interface: users with a token of their login, tokens for programs, and whoever has the server's own
 * token. What changes of a user counts at once: a session ends with its password, its role and its user. Thread-safe.
 */
final class ServerGate implements Gate {

    private static final Account OPERATOR_OF_THE_SERVER = new Account("intelmqctl", Role.ADMIN);

    private final PasswordCheck passwords;
    private final Credentials credentials;
    private final Sessions sessions;
    private final Supplier<Boolean> hasUsers;

    ServerGate(PasswordCheck passwords, Credentials credentials, Sessions sessions, Supplier<Boolean> hasUsers) {
        this.passwords = passwords;
        this.credentials = credentials;
        this.sessions = sessions;
        this.hasUsers = hasUsers;
    }

    @Override
    public Optional<Account> account(String token) {
        if (token == null || token.isEmpty()) {
            return Optional.empty();
        }
        if (credentials.isServer(token)) {
            return Optional.of(OPERATOR_OF_THE_SERVER);
        }
        return credentials.program(token).map(program -> new Account("token:" + program.name(), program.role()))
                .or(() -> sessions.find(token).flatMap(credentials::current));
    }

    @Override
    public Login login(String name, String password, String address) {
        try {
            PasswordCheck.Result result = passwords.check(name, password, address);
            if (result.delay() != null) {
                return Login.delayed(result.delay());
            }
            return result.account() == null ? Login.refused() : Login.granted(result.account(), sessions.begin(result.account(), result.stored()));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Override
    public boolean hasUsers() {
        return hasUsers.get();
    }
}
