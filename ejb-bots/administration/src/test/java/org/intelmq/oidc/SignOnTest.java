package org.intelmq.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.access.Account;
import org.intelmq.access.Role;
import org.intelmq.oidc.SignOnException.Reason;
import org.intelmq.testing.MessagesForPeople;
import org.intelmq.testing.MovableClock;
import org.intelmq.testing.OidcFault;
import org.intelmq.testing.OidcStub;
import org.intelmq.testing.PemKeys;
import org.intelmq.tls.Tls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignOnTest {

    private static final URI HERE = URI.create("http://127.0.0.1:8080/api/v1/session/oidc");
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final HttpClient BROWSER = HttpClient.newHttpClient();

    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-02T03:04:05Z"));
    private OidcStub stub;
    private SignOn signOn;

    @BeforeEach
    void begin() throws IOException {
        stub = new OidcStub();
        stub.allow(HERE);
        stub.claims(Map.of("sub", "4711", "preferred_username", "ann", "groups", List.of("staff", "soc")));
        signOn = signOn(Map.of());
    }

    @AfterEach
    void end() {
        stub.close();
    }

    private SignOn signOn(Map<String, String> more) {
        return signOn(more, Duration.ofSeconds(10));
    }

    private SignOn signOn(Map<String, String> more, Duration longest) {
        Map<String, String> environment = new LinkedHashMap<>(Map.of("INTELMQ_OIDC_ISSUER", stub.issuer().toString(), "INTELMQ_OIDC_CLIENT_ID", OidcStub.CLIENT,
                "INTELMQ_OIDC_CLIENT_SECRET", OidcStub.SECRET, "INTELMQ_OIDC_ROLES", "soc=operator, admins=admin"));
        environment.putAll(more);
        OidcEnvironment.Reading reading = OidcEnvironment.read(environment, Path.of("."));
        assertEquals(List.of(), reading.problems());
        return new SignOn(reading.settings(), clock, longest);
    }

    /** What the provider sends the browser back with. */
    private Map<String, List<String>> visit(URI address) throws IOException, InterruptedException {
        HttpResponse<String> answer = BROWSER.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(303, answer.statusCode(), answer::body);
        String back = answer.headers().firstValue("Location").orElseThrow();
        assertTrue(back.startsWith(HERE + "?"), back);
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String pair : URI.create(back).getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            query.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private SignOn.Finished login(SignOn with) throws Exception {
        SignOn.Begun begun = with.begin(HERE, "/events");
        return with.finish(visit(begun.address()), begun.proof());
    }

    private SignOnException refused(SignOn with) {
        return assertThrows(SignOnException.class, () -> login(with));
    }

    @Test
    void letsInWhomTheProviderKnows() throws Exception {
        SignOn.Finished finished = login(signOn);
        assertEquals(new SignOn.Finished(new Account("oidc:ann", Role.OPERATOR), "4711", "/events"), finished);
        assertEquals(List.of(), stub.complaints());
        assertEquals("127.0.0.1", signOn.label());
    }

    @Test
    void provesItselfInTheFormWhereTheProviderWantsThat() throws Exception {
        stub.authenticateBy("client_secret_post");
        assertEquals("oidc:ann", login(signOn).account().name());
    }

    @Test
    void eachLoginHasAStateANonceAndAProofOfItsOwn() throws Exception {
        SignOn.Begun one = signOn.begin(HERE, "/");
        SignOn.Begun other = signOn.begin(HERE, "/");
        assertNotEquals(one.proof(), other.proof());
        for (String name : List.of("state", "nonce", "code_challenge")) {
            assertNotEquals(parameter(one, name), parameter(other, name), name);
            assertTrue(parameter(one, name).length() >= 43, name);
        }
        assertFalse(one.address().toString().contains(one.proof()), "the proof is for the browser that begins");
    }

    private static String parameter(SignOn.Begun begun, String name) {
        return begun.address().getQuery().replaceFirst("(?:.*&)?" + name + "=([^&]*).*", "$1");
    }

    @Test
    void theHighestOfSeveralRolesCounts() throws Exception {
        stub.claims(Map.of("sub", "1", "preferred_username", "ann", "groups", List.of("soc", "admins", "none")));
        assertEquals(Role.ADMIN, login(signOn).account().role());
    }

    @Test
    void claimsMayBeNestedAndNamedByTheOperator() throws Exception {
        stub.claims(Map.of("sub", "1", "email", "ann@example.org", "realm_access", Map.of("roles", List.of("soc"))));
        SignOn nested = signOn(Map.of("INTELMQ_OIDC_ACCOUNT_CLAIM", "email", "INTELMQ_OIDC_ROLES_CLAIM", "realm_access.roles"));
        assertEquals(new Account("oidc:ann@example.org", Role.OPERATOR), login(nested).account());
        stub.claims(Map.of("sub", "1", "preferred_username", "ann", "https://example.org/role", "admins"));
        assertEquals(Role.ADMIN, login(signOn(Map.of("INTELMQ_OIDC_ROLES_CLAIM", "https://example.org/role"))).account().role());
    }

    @Test
    void asksThePageAboutUsersForWhatTheTokenLacks() throws Exception {
        stub.claims(Map.of("sub", "1", "preferred_username", "ann"));
        stub.userInfo(Map.of("groups", List.of("admins"), "preferred_username", "another"));
        assertEquals(new Account("oidc:ann", Role.ADMIN), login(signOn).account(), "what is in the token counts more");
        stub.misbehave(OidcFault.OTHER_SUBJECT_IN_USER_INFO);
        assertTrue(refused(signOn).getMessage().contains("another user"));
    }

    @Test
    void noValueThatIsKnownIsNoRole() {
        stub.claims(Map.of("sub", "1", "preferred_username", "bob", "groups", List.of("staff")));
        SignOnException refused = refused(signOn);
        assertEquals(Reason.NO_ROLE, refused.reason());
        assertEquals("no-role", refused.reason().code());
        assertEquals("oidc:bob", refused.account());
        assertEquals("'oidc:bob' has no role: the claim 'groups' holds [staff], and INTELMQ_OIDC_ROLES knows [admins, soc]", refused.getMessage());
        stub.claims(Map.of("sub", "1", "preferred_username", "bob"));
        assertTrue(refused(signOn).getMessage().contains("'groups' is missing"));
        for (Object noTexts : List.of(7, Map.of("soc", true), List.of(List.of("soc"), 1))) {
            stub.claims(Map.of("sub", "1", "preferred_username", "bob", "groups", noTexts));
            assertTrue(refused(signOn).getMessage().contains("'groups' holds no text, and"), noTexts::toString);
        }
    }

    @Test
    void aNameThatCannotBeIsRefused() {
        stub.claims(Map.of("sub", "1", "preferred_username", "ann\nroot has logged in", "groups", "soc"));
        SignOnException refused = refused(signOn);
        assertEquals(Reason.NO_ACCOUNT_NAME, refused.reason());
        assertNull(refused.account());
        stub.claims(Map.of("sub", "1", "groups", "soc"));
        assertTrue(refused(signOn).getMessage().contains("INTELMQ_OIDC_ACCOUNT_CLAIM"));
    }

    /** Each with the kind of the refusal, and words that the log has. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            WRONG_SIGNATURE           | PROVIDER_ANSWER_UNUSABLE | Invalid signature
            ALGORITHM_NONE            | PROVIDER_ANSWER_UNUSABLE | Signed ID token expected
            SIGNED_WITH_SECRET        | PROVIDER_ANSWER_UNUSABLE | Another algorithm expected
            UNKNOWN_KEY               | PROVIDER_ANSWER_UNUSABLE | no matching key
            WRONG_ISSUER              | PROVIDER_ANSWER_UNUSABLE | issuer
            WRONG_AUDIENCE            | PROVIDER_ANSWER_UNUSABLE | audience
            EXPIRED                   | PROVIDER_ANSWER_UNUSABLE | Expired
            NO_END                    | PROVIDER_ANSWER_UNUSABLE | exp
            ISSUED_LATER              | PROVIDER_ANSWER_UNUSABLE | ahead of current time
            VALID_LATER               | PROVIDER_ANSWER_UNUSABLE | not valid before
            OTHER_PARTY               | PROVIDER_ANSWER_UNUSABLE | issued to the client "another-client"
            OTHER_PARTY_OF_TWO        | PROVIDER_ANSWER_UNUSABLE | another-client
            LONG_SUBJECT              | PROVIDER_ANSWER_UNUSABLE | subject has 256 characters
            NO_SUBJECT                | PROVIDER_ANSWER_UNUSABLE | subject
            SIGNED_WITH_PUBLIC_KEY    | PROVIDER_ANSWER_UNUSABLE | Another algorithm expected
            OWN_KEY                   | PROVIDER_ANSWER_UNUSABLE | Invalid signature
            OTHER_NONCE               | PROVIDER_ANSWER_UNUSABLE | nonce
            NO_NONCE                  | PROVIDER_ANSWER_UNUSABLE | nonce
            NOT_A_TOKEN               | PROVIDER_ANSWER_UNUSABLE | answer with tokens is not usable
            NO_ID_TOKEN               | PROVIDER_ANSWER_UNUSABLE | no ID token
            HTML_TOKENS               | PROVIDER_ANSWER_UNUSABLE | answer with tokens is not usable
            REDIRECTED_TOKENS         | PROVIDER_REFUSED         | status 307, without a reason
            NO_REASON                 | PROVIDER_REFUSED         | status 500, without a reason
            CLOSED_TOKENS             | PROVIDER_UNREACHABLE     | closed without an answer
            HUGE_TOKENS               | PROVIDER_UNREACHABLE     | larger than 1048576 bytes
            HUGE_KEYS                 | PROVIDER_UNREACHABLE     | larger than 1048576 bytes
            HUGE_DISCOVERY            | PROVIDER_UNREACHABLE     | larger than 1048576 bytes
            HTML_DISCOVERY            | PROVIDER_ANSWER_UNUSABLE | discovery document is not usable
            NO_DISCOVERY              | PROVIDER_UNREACHABLE     | answered 404
            OTHER_ISSUER_IN_DISCOVERY | PROVIDER_ANSWER_UNUSABLE | https://other.example
            PLAIN_HTTP_IN_DISCOVERY   | PROVIDER_ANSWER_UNUSABLE | http://login.example/token
            NO_PKCE                   | PROVIDER_ANSWER_UNUSABLE | S256
            OTHER_ISSUER_IN_RETURN    | PROVIDER_ANSWER_UNUSABLE | https://other.example
            NO_ISSUER_IN_RETURN       | PROVIDER_ANSWER_UNUSABLE | (not told)
            ACCESS_DENIED             | PROVIDER_REFUSED         | access_denied not today
            """)
    void believesNothingElse(OidcFault fault, Reason reason, String words) {
        stub.misbehave(fault);
        SignOnException refused = refused(signOn);
        assertEquals(reason, refused.reason(), refused.getMessage());
        assertTrue(refused.getMessage().contains(words), refused.getMessage());
        assertFalse(MessagesForPeople.isForProgrammers(refused.getMessage()), refused.getMessage());
        assertFalse(refused.getMessage().contains(OidcStub.SECRET), refused.getMessage());
        stub.misbehave(OidcFault.NONE);
        assertEquals("oidc:ann", assertLogin().account().name(), "it is well again at once");
    }

    private SignOn.Finished assertLogin() {
        try {
            return login(signOn);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"HANGING_TOKENS", "DRIPPING_TOKENS", "HANGING_DISCOVERY"})
    void waitsForNoAnswerForLong(OidcFault fault) {
        SignOn impatient = signOn(Map.of(), SHORT);
        stub.misbehave(fault);
        SignOnException refused = refused(impatient);
        assertEquals(Reason.PROVIDER_UNREACHABLE, refused.reason());
        assertTrue(refused.getMessage().contains("did not answer within 0.4 s"), refused.getMessage());
    }

    @Test
    void aProviderThatIsNotThereIsNamed() {
        stub.close();
        SignOnException refused = refused(signOn);
        assertEquals(Reason.PROVIDER_UNREACHABLE, refused.reason());
        assertTrue(refused.getMessage().contains(stub.issuer().toString()), refused.getMessage());
    }

    @Test
    void followsAChangeOfKeysAndAsksForThemSeldom() throws Exception {
        login(signOn);
        login(signOn);
        assertEquals(1, stub.keyReads());
        stub.changeKey("key-2");
        assertEquals("oidc:ann", login(signOn).account().name());
        assertEquals(2, stub.keyReads());
        stub.misbehave(OidcFault.UNKNOWN_KEY);
        refused(signOn);
        SignOnException again = refused(signOn);
        assertEquals(2, stub.keyReads(), "who makes up keys does not make us ask without end");
        assertTrue(again.getMessage().contains("key of the provider's ID token is not known"), again.getMessage());
    }

    @Test
    void aReturnCountsOnceAndInTimeAndInTheSameBrowser() throws Exception {
        SignOn.Begun begun = signOn.begin(HERE, "/");
        Map<String, List<String>> query = visit(begun.address());
        signOn.finish(query, begun.proof());
        assertNotBegunHere(query, begun.proof(), "already been finished");

        SignOn.Begun elsewhere = signOn.begin(HERE, "/");
        Map<String, List<String>> stolen = visit(elsewhere.address());
        assertNotBegunHere(stolen, "", "another browser");
        assertNotBegunHere(stolen, elsewhere.proof(), "already been finished");

        SignOn.Begun other = signOn.begin(HERE, "/");
        assertNotBegunHere(visit(other.address()), begun.proof(), "another browser");

        SignOn.Begun late = signOn.begin(HERE, "/");
        Map<String, List<String>> lateQuery = visit(late.address());
        clock.pass(SignOn.longest().plusSeconds(1));
        assertNotBegunHere(lateQuery, late.proof(), "10 minutes");
        assertNotBegunHere(Map.of("code", List.of("x")), late.proof(), "without a state");
        assertNotBegunHere(Map.of("code", List.of("x"), "state", List.of("made-up")), late.proof(), "no login was begun");
        assertEquals(List.of(), stub.complaints(), "the provider is not asked about these");
    }

    private void assertNotBegunHere(Map<String, List<String>> query, String proof, String words) {
        SignOnException refused = assertThrows(SignOnException.class, () -> signOn.finish(query, proof));
        assertEquals(Reason.NOT_BEGUN_HERE, refused.reason(), refused.getMessage());
        assertTrue(refused.getMessage().contains(words), refused.getMessage());
    }

    @Test
    void aCodeOfAnotherLoginIsRefused() throws Exception {
        SignOn.Begun victim = signOn.begin(HERE, "/");
        Map<String, List<String>> victims = visit(victim.address());
        SignOn.Begun attacker = signOn.begin(HERE, "/");
        Map<String, List<String>> mixed = new LinkedHashMap<>(visit(attacker.address()));
        mixed.put("code", victims.get("code"));
        SignOnException refused = assertThrows(SignOnException.class, () -> signOn.finish(mixed, attacker.proof()));
        assertEquals(Reason.PROVIDER_REFUSED, refused.reason());
        assertEquals(List.of("the code verifier does not fit its challenge"), stub.complaints());
    }

    @Test
    void aParameterThatIsThereTwiceIsRefused() throws Exception {
        SignOn.Begun begun = signOn.begin(HERE, "/");
        Map<String, List<String>> query = new LinkedHashMap<>(visit(begun.address()));
        query.put("code", List.of(query.get("code").get(0), "another"));
        assertEquals(Reason.PROVIDER_ANSWER_UNUSABLE, assertThrows(SignOnException.class, () -> signOn.finish(query, begun.proof())).reason());
    }

    @Test
    void aWrongSecretIsNamedButNotShown() {
        SignOnException refused = refused(signOn(Map.of("INTELMQ_OIDC_CLIENT_SECRET", "another-secret")));
        assertEquals(Reason.PROVIDER_REFUSED, refused.reason());
        assertTrue(refused.getMessage().contains("INTELMQ_OIDC_CLIENT_SECRET") && !refused.getMessage().contains("another-secret"), refused.getMessage());
    }

    @Test
    void believesTheAuthoritiesInTheFileAndNoOthers(@TempDir Path folder) throws Exception {
        PemKeys keys = PemKeys.in(folder);
        stub.close();
        stub = new OidcStub(Tls.context(Tls.keys(keys.certificate(), keys.key()), null));
        stub.allow(HERE);
        stub.claims(Map.of("sub", "4711", "preferred_username", "ann", "groups", "soc"));
        SignOnException refused = assertThrows(SignOnException.class, () -> signOn(Map.of()).begin(HERE, "/"));
        assertEquals(Reason.PROVIDER_UNREACHABLE, refused.reason());
        SignOn.Begun begun = signOn(Map.of("INTELMQ_OIDC_CA_CERTIFICATE", keys.certificate().toString())).begin(HERE, "/");
        assertTrue(begun.address().toString().startsWith("https://127.0.0.1"), begun.address().toString());
    }
}
