package org.intelmq.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The description of this interface, generated from its code by the build. */
@RequestScoped
@Path("openapi.json")
public class OpenApiResource {

    /** OpenAPI 3.1. */
    @GET
    @Open
    @Produces(MediaType.APPLICATION_JSON)
    public String description() throws IOException {
        try (InputStream in = OpenApiResource.class.getResourceAsStream("openapi.json")) {
            if (in == null) {
                throw new IOException("the application was built without its description, openapi.json");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
