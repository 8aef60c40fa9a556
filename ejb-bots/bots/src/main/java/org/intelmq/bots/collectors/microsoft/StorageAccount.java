package org.intelmq.bots.collectors.microsoft;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Http;
import org.intelmq.bot.ServiceAddress;
import org.intelmq.text.net.FormText;

/**
 * An account of Azure's blob storage, from a connection string, with either a key that signs each request
 * (https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key) or a shared access signature. Thread-safe.
 *
 * @param name of the account; {@code null} where a signature needs none
 * @param key {@code null} with a signature
 * @param signature the query of a shared access signature; empty with a key
 */
record StorageAccount(ServiceAddress blobs, String name, byte[] key, String signature) {

    private static final String VERSION = "2021-08-06";
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US).withZone(ZoneOffset.UTC);

    /** @throws ConfigurationException without the string itself, which holds a key */
    static StorageAccount parse(String connection) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (String part : connection.split(";")) {
            String[] pair = part.strip().split("=", 2);
            parts.put(pair[0].toLowerCase(Locale.ROOT), pair.length > 1 ? pair[1] : "");
        }
        String name = parts.get("accountname");
        String endpoint = parts.get("blobendpoint");
        if (endpoint == null && name != null) {
            endpoint = parts.getOrDefault("defaultendpointsprotocol", "https") + "://" + name + ".blob."
                    + parts.getOrDefault("endpointsuffix", "core.windows.net");
        }
        String signature = parts.getOrDefault("sharedaccesssignature", "").replaceFirst("^\\?", "");
        String key = parts.get("accountkey");
        if (endpoint == null || signature.isEmpty() && (key == null || name == null)) {
            throw wrong("AccountName with AccountKey or SharedAccessSignature, or BlobEndpoint with SharedAccessSignature");
        }
        try {
            ServiceAddress blobs = ServiceAddress.of("BlobEndpoint in connection_string", endpoint);
            return new StorageAccount(blobs, name, signature.isEmpty() ? Base64.getDecoder().decode(key) : null, signature);
        } catch (IllegalArgumentException e) {
            throw wrong("an AccountKey in Base64");
        }
    }

    private static ConfigurationException wrong(String expected) {
        return new ConfigurationException("parameter 'connection_string' is not valid: expected " + expected);
    }

    /**
     * A GET request to the storage, authorised by the key or the signature.
     *
     * @param path below the account, encoded
     * @param query names and values, not encoded
     */
    HttpRequest request(Http http, Clock clock, String path, Map<String, String> query) {
        StringBuilder asked = new StringBuilder();
        query.forEach((name, value) -> asked.append(asked.isEmpty() ? "" : "&").append(FormText.encoded(name)).append('=').append(FormText.encoded(value)));
        asked.append(asked.isEmpty() || signature.isEmpty() ? "" : "&").append(signature);
        URI address = blobs.at(path + (asked.isEmpty() ? "" : "?" + asked));
        String date = DATE.format(clock.instant());
        HttpRequest.Builder request = http.request(address).setHeader("x-ms-date", date).setHeader("x-ms-version", VERSION).GET();
        return (key == null ? request : request.setHeader("Authorization", "SharedKey " + name + ':' + sign(toSign(address, date, query)))).build();
    }

    /** The method, eleven headers that are not sent, the storage's own headers, and the resource. */
    String toSign(URI address, String date, Map<String, String> query) {
        StringBuilder text = new StringBuilder("GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:").append(date).append("\nx-ms-version:").append(VERSION).append("\n/")
                .append(name).append(address.getRawPath());
        new TreeMap<>(query).forEach((parameter, value) -> text.append('\n').append(parameter).append(':').append(value));
        return text.toString();
    }

    String sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256, which every Java has, is missing", e);
        }
    }
}
