package org.intelmq.administration.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.intelmq.access.Account;
import org.intelmq.access.People;
import org.intelmq.access.Role;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoveUserTest {

    @TempDir
    private Path folder;

    /** Of an account that a provider knows, nothing is stored. */
    @Test
    void endsTheSessionsOfAnAccountOfAProvider() throws Exception {
        People people = new People(folder, folder.resolve("state"), () -> "secret", Clock.systemUTC());
        Site site = new Site(null, null, null, null, null, null, null, people, null);
        String session = people.signIn().withProvider(new Account("oidc:ann", Role.ADMIN), "4711", "192.0.2.1").token();
        new RemoveUser("oidc:ann").perform(site);
        assertEquals(Optional.empty(), people.signIn().session(session));
        assertEquals("unknown-user", assertThrows(Refusal.class, () -> new RemoveUser("oidc:ann").perform(site)).code());
    }
}
