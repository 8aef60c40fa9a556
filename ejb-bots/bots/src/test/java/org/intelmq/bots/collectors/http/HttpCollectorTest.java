package org.intelmq.bots.collectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Tick;
import org.intelmq.message.Fields;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.testing.CannedHttp;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.intelmq.text.encoding.Base64Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpCollectorTest {

    private static final String URL = "http://feeds.example/list";
    private static final byte[] LIST = "ip\n192.0.2.1\n".getBytes(StandardCharsets.UTF_8);

    private final CannedHttp http = new CannedHttp();

    private RecordingOutbox collect(Object... parameters) throws Exception {
        Map<String, Object> values = new LinkedHashMap<>(Map.of("http_url", URL));
        for (int i = 0; i < parameters.length; i += 2) {
            values.put((String) parameters[i], parameters[i + 1]);
        }
        ParameterSchema.Reading<HttpCollector.Params> reading = ParameterSchema.of(HttpCollector.Params.class).read(values, Set.of());
        assertEquals(List.of(), reading.problems());
        RecordingOutbox outbox = new RecordingOutbox();
        new HttpCollector(reading.value(), new TestContext().http(http)).process(new Tick(TestContext.NOW), outbox);
        return outbox;
    }

    private static List<String> contents(RecordingOutbox outbox) {
        return outbox.sent().stream().map(report -> report.text("extra.file_name") + "=" + Base64Text.decode(report.text(Fields.RAW))).toList();
    }

    @Test
    void sendsAReportWithItsAddress() throws Exception {
        http.at(URL, 200, LIST);
        RecordingOutbox outbox = collect();
        assertEquals(1, outbox.sent().size());
        assertEquals(URL, outbox.sent().get(0).text(Fields.FEED_URL));
    }

    @Test
    void tellsNoEventThePasswordInTheAddress() throws Exception {
        String address = "http://reader:s3:cr%40t@feeds.example/list?from=a:b@c";
        http.at(address, 200, LIST);
        assertEquals("http://reader@feeds.example/list?from=a:b@c", collect("http_url", address).sent().get(0).text(Fields.FEED_URL));
    }

    @Test
    void failsForOtherStatus() {
        http.at(URL, 404, LIST);
        assertEquals("GET " + URL + " answered with status 404, expected 200: ip 192.0.2.1", assertThrows(IOException.class, this::collect).getMessage());
    }

    @Test
    void fillsTimesIntoAddresses() throws Exception {
        http.at("http://feeds.example/2024-05-17", 200, LIST).at("http://feeds.example/16", 200, LIST);
        assertEquals("http://feeds.example/2024-05-17", collect("http_url", "http://feeds.example/{time[%Y-%m-%d]}", "http_url_formatting", true)
                .sent().get(0).text(Fields.FEED_URL));
        assertEquals(1, collect("http_url", "http://feeds.example/{time[%d]}", "http_url_formatting", Map.of("days", -1L)).sent().size());
        assertThrows(ConfigurationException.class, () -> collect("http_url_formatting", Map.of("years", 1L)));
        assertThrows(ConfigurationException.class, () -> collect("http_url", "http://feeds.example/{tme[%d]}", "http_url_formatting", true));
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.endsWith("/") ? new byte[0] : ("in " + name).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] tar(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (String name : names) {
                TarArchiveEntry entry = new TarArchiveEntry(name);
                entry.setSize(3 + name.length());
                tar.putArchiveEntry(entry);
                tar.write(("in " + name).getBytes(StandardCharsets.UTF_8));
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    @Test
    void unpacksZipEvenUnasked() throws Exception {
        http.at(URL, 200, zip("folder/", "folder/b", "a"));
        assertEquals(List.of("folder/b=in folder/b", "a=in a"), contents(collect()));
        assertEquals(List.of("a=in a"), contents(collect("extract_files", "x,a")));
    }

    @Test
    void unpacksOtherArchivesWhenAsked() throws Exception {
        http.at(URL, 200, gzip(tar("b", "a")));
        assertEquals(List.of("b=in b", "a=in a"), contents(collect("extract_files", true)));
        http.at(URL, 200, tar("b", "a"));
        assertEquals(List.of("a=in a"), contents(collect("extract_files", List.of("a"))));
        http.at(URL, 200, gzip(LIST));
        assertEquals(List.of("null=" + new String(LIST, StandardCharsets.UTF_8)), contents(collect("extract_files", true)));
        http.at(URL, 200, LIST);
        assertThrows(IOException.class, () -> collect("extract_files", true));
    }

    @Test
    void refusesAnArchiveThatGrowsOutOfProportion() throws Exception {
        http.at(URL, 200, gzip(new byte[100 << 20]));
        String message = assertThrows(IOException.class, () -> collect("extract_files", true)).getMessage();
        assertEquals(true, message.contains("unpacks to more than"), message);
    }

    @Test
    void takesOnlyWhatIsSigned(@TempDir Path directory) throws Exception {
        Ed25519KeyPairGenerator generator = new Ed25519KeyPairGenerator();
        generator.init(new Ed25519KeyGenerationParameters(new SecureRandom()));
        BcPGPKeyPair pair = new BcPGPKeyPair(PublicKeyPacket.VERSION_4, PublicKeyAlgorithmTags.EDDSA_LEGACY, generator.generateKeyPair(), new Date());
        Path keyring = directory.resolve("keys.asc");
        try (ArmoredOutputStream out = ArmoredOutputStream.builder().build(Files.newOutputStream(keyring))) {
            new PGPPublicKeyRing(List.of(pair.getPublicKey())).encode(out);
        }
        PGPSignatureGenerator signer = new PGPSignatureGenerator(new BcPGPContentSignerBuilder(PublicKeyAlgorithmTags.EDDSA_LEGACY, HashAlgorithmTags.SHA256),
                pair.getPublicKey());
        signer.init(PGPSignature.BINARY_DOCUMENT, pair.getPrivateKey());
        signer.update(LIST);
        http.at(URL, 200, LIST).at(URL + ".sig", 200, signer.generate().getEncoded());
        Object[] parameters = {"verify_pgp_signatures", true, "signature_url", URL + ".sig", "gpg_keyring", keyring.toString()};
        assertEquals(1, collect(parameters).sent().size());
        http.at(URL, 200, "forged".getBytes(StandardCharsets.UTF_8));
        assertEquals(0, collect(parameters).sent().size());
        http.at(URL + ".sig", 200, new byte[0]);
        assertEquals(0, collect(parameters).sent().size());
    }
}
