package org.intelmq.bots.collectors.microsoft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.testing.CannedHttp;
import org.intelmq.testing.Poll;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;

class AzureCollectorTest {

    /** Azurite's well-known account. */
    private static final String KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static final String WITH_KEY = "DefaultEndpointsProtocol=https;AccountName=devstoreaccount1;AccountKey=" + KEY + ";EndpointSuffix=core.windows.net";
    private static final String BLOBS = "https://devstoreaccount1.blob.core.windows.net/feeds";
    private static final String LIST = BLOBS + "?restype=container&comp=list";

    private final CannedHttp http = new CannedHttp();
    private final TestContext context = new TestContext().http(http);

    private RecordingOutbox collect(String connection) throws Exception {
        return Poll.once(Poll.collector(AzureCollector.TYPE, context, "connection_string", connection, "container_name", "feeds"));
    }

    private void list(String address, String nextMarker, String... names) {
        StringBuilder blobs = new StringBuilder("\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults><Blobs>");
        for (String name : names) {
            blobs.append("<Blob><Name>").append(name).append("</Name><Properties/></Blob>");
        }
        blobs.append("<BlobPrefix><Name>folder/</Name></BlobPrefix></Blobs><NextMarker>").append(nextMarker).append("</NextMarker></EnumerationResults>");
        http.at(address, 200, blobs.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void fetchesEachBlobOnceThroughAllPages() throws Exception {
        list(LIST, "2!n/x", "day 1/a&amp;b.gz");
        list(LIST + "&marker=2%21n%2Fx", "", "c.gz");
        http.at(BLOBS + "/day%201/a%26b.gz", 200, Gzip.of("1"));
        http.at(BLOBS + "/c.gz", 200, Gzip.of("2"));
        assertEquals(List.of("1", "2"), Poll.contents(collect(WITH_KEY)));
        assertEquals(List.of(), Poll.contents(collect(WITH_KEY)));
        assertEquals(6, http.asked().size());
        CannedHttp.Asked first = http.asked().get(0);
        assertEquals("Fri, 17 May 2024 10:20:30 GMT", first.request().headers().firstValue("x-ms-date").orElse(""));
        assertEquals("2021-08-06", first.request().headers().firstValue("x-ms-version").orElse(""));
        http.asked().forEach(asked -> assertTrue(asked.request().headers().firstValue("Authorization").orElse("").startsWith("SharedKey devstoreaccount1:")));
    }

    /** The text is that of the documentation of Shared Key, save for the date and version; the signature is openssl's. */
    @Test
    void signsAsTheDocumentationSays() {
        StorageAccount account = StorageAccount.parse("AccountName=myaccount;AccountKey="
                + Base64.getEncoder().encodeToString("secret".getBytes(StandardCharsets.UTF_8)));
        String text = account.toSign(URI.create("https://myaccount.blob.core.windows.net/mycontainer?restype=container&comp=metadata&timeout=20"),
                "Fri, 26 Jun 2015 23:39:12 GMT", Map.of("restype", "container", "comp", "metadata", "timeout", "20"));
        assertEquals("GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:Fri, 26 Jun 2015 23:39:12 GMT\nx-ms-version:2021-08-06\n/myaccount/mycontainer\ncomp:metadata\n"
                + "restype:container\ntimeout:20", text);
        assertEquals("ECkePcM2yfzQKveHup4xKLvQwb/HLXCf8oypsoexzT8=", account.sign(text));
    }

    @Test
    void aSharedAccessSignatureGoesIntoTheQueryAndIsNotSigned() throws Exception {
        list("https://feeds.example/store/feeds?restype=container&comp=list&sv=2021&sig=a%2Bb%3D", "", "c.gz");
        http.at("https://feeds.example/store/feeds/c.gz?sv=2021&sig=a%2Bb%3D", 200, Gzip.of("2"));
        assertEquals(List.of("2"), Poll.contents(collect("BlobEndpoint=https://feeds.example/store/;SharedAccessSignature=?sv=2021&sig=a%2Bb%3D")));
        http.asked().forEach(asked -> assertTrue(asked.request().headers().firstValue("Authorization").isEmpty()));
    }

    @Test
    void aBlobThatIsNoGzipFileCostsNoOther() throws Exception {
        list(LIST, "", "a.txt", "b.gz", "c.gz");
        http.at(BLOBS + "/a.txt", 200, "plain".getBytes(StandardCharsets.UTF_8));
        http.at(BLOBS + "/b.gz", 403, "<Code>AuthorizationFailure</Code>".getBytes(StandardCharsets.UTF_8));
        http.at(BLOBS + "/c.gz", 200, Gzip.of("c"));
        assertEquals(List.of("c"), Poll.contents(collect(WITH_KEY)));
    }

    @Test
    void tellsWhatTheStorageSays() {
        http.at(LIST, 403, "<?xml version=\"1.0\"?><Error><Code>AuthenticationFailed</Code></Error>".getBytes(StandardCharsets.UTF_8));
        assertTrue(assertThrows(IOException.class, () -> collect(WITH_KEY)).getMessage().contains("status 403, expected 200: "));
        http.at(LIST, 200, "<html/>".getBytes(StandardCharsets.UTF_8));
        assertTrue(assertThrows(IOException.class, () -> collect(WITH_KEY)).getMessage().contains("expected a list of blobs"));
    }

    @Test
    void aWrongConnectionStringIsRefusedWithoutTellingIt() {
        for (String wrong : List.of("x", "AccountName=a", "AccountKey=" + KEY, "AccountName=a;AccountKey=tops3cret!")) {
            String told = assertThrows(ConfigurationException.class, () -> collect(wrong)).getMessage();
            assertTrue(told.startsWith("parameter 'connection_string' is not valid: expected "), told);
            assertFalse(told.contains("tops3cret") || told.contains(KEY), told);
        }
    }
}
