package org.intelmq.bot;

import java.net.URI;
import org.intelmq.text.net.MaskedUrl;
import org.intelmq.text.net.WebAddress;

/** The base address of a web service, as an operator has configured it, with or without a slash at its end. */
public record ServiceAddress(URI root) {

    /**
     * @param parameter the name of the parameter that holds the address
     * @throws ConfigurationException if it is not an http or https address
     */
    public static ServiceAddress of(String parameter, String address) {
        try {
            URI root = WebAddress.of(address.endsWith("/") ? address : address + '/');
            if (root.getScheme().equalsIgnoreCase("http") || root.getScheme().equalsIgnoreCase("https")) {
                return new ServiceAddress(root);
            }
        } catch (IllegalArgumentException e) {
            // reported below
        }
        throw new ConfigurationException("parameter '" + parameter + "' cannot be \"" + MaskedUrl.in(address)
                + "\": expected an address such as https://service.example/");
    }

    /** @param path relative to the root, without a leading slash; may have a query */
    public URI at(String path) {
        return URI.create(root + path);
    }
}
