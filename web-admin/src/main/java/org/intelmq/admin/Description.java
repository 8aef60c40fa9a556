package org.intelmq.admin;

import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * What the interface's description says in addition to the resources: that any value may be {@code null}, what refusals look like, who may
 * ask, and the stream. Used only by the build.
 */
public final class Description implements OASFilter {

    private static final String JSON = MediaType.APPLICATION_JSON;
    private static final String PROBLEM = "Refused";
    private static final String TOKEN = "token";
    /** Enums whose words are those of {@link JsonAnswers}. */
    private static final Set<String> IN_LOWER_CASE = Set.of("BotState", "Severity");

    /** Methods of records that are not components, and so are in no answer. */
    private static final Map<String, Set<String>> NO_COMPONENTS = Map.of("Problem", Set.of("refused"));

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Map<String, Schema> schemas = api.getComponents().getSchemas();
        schemas.forEach((name, schema) -> {
            if (IN_LOWER_CASE.contains(name)) {
                schema.setEnumeration(schema.getEnumeration().stream().<Object>map(word -> word.toString().toLowerCase(Locale.ROOT)).toList());
            }
            orNothing(schema, NO_COMPONENTS.getOrDefault(name, Set.of()));
        });
        api.getComponents().addSchema(PROBLEM, problem());
        api.getComponents().addSecurityScheme(TOKEN, OASFactory.createSecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer")
                .description("The token in var/run/server.json, that of a session, or one that an administrator has created."));
        api.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(TOKEN));
        api.getPaths().getPathItem("/api/v1/openapi.json").getGET().getResponses().getAPIResponse("200").getContent().getMediaType(JSON)
                .setSchema(OASFactory.createSchema().addType(Schema.SchemaType.OBJECT));
        // nothing if the queue is empty
        withNull(api.getPaths().getPathItem("/api/v1/queues/{queue}/pop").getPOST().getResponses().getAPIResponse("200").getContent().getMediaType(JSON)
                .getSchema());
        api.getPaths().addPathItem("/api/v1/stream", OASFactory.createPathItem().GET(stream()));
        api.getPaths().getPathItems().forEach((path, item) -> item.getOperations().values().forEach(operation -> {
            // what the page to try the interface shows together, and a generated client has in one class
            operation.addTag(path.substring("/api/v1/".length()).replaceFirst("[/.].*", ""));
            operation.setOperationId(name(operation.getOperationId()));
            takesText(operation);
            mayHaveNoContent(operation);
            mayBeRefused(operation);
        }));
    }

    private static void orNothing(Schema schema, Set<String> hidden) {
        if (schema.getProperties() == null) {
            return;
        }
        Map<String, Schema> properties = new LinkedHashMap<>(schema.getProperties());
        properties.keySet().removeAll(hidden);
        properties.replaceAll((name, property) -> {
            if (property.getRef() != null) {
                return OASFactory.createSchema().anyOf(List.of(property, OASFactory.createSchema().addType(Schema.SchemaType.NULL)));
            }
            withNull(property);
            if (property.getItems() != null) {
                withNull(property.getItems());
            }
            return property;
        });
        schema.setProperties(properties);
    }

    private static void withNull(Schema schema) {
        if (schema.getRef() == null && schema.getType() != null && !schema.getType().contains(Schema.SchemaType.NULL)) {
            List<Schema.SchemaType> types = new ArrayList<>(schema.getType());
            types.add(Schema.SchemaType.NULL);
            schema.setType(types);
        }
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
    }

    /** RFC 9457, with a code, the next step and, for a configuration, its problems. */
    private static Schema problem() {
        return OASFactory.createSchema().addType(Schema.SchemaType.OBJECT).addProperty("type", text()).addProperty("title", text())
                .addProperty("status", OASFactory.createSchema().addType(Schema.SchemaType.INTEGER)).addProperty("detail", text())
                .addProperty("code", text()).addProperty("remedy", text().addType(Schema.SchemaType.NULL))
                .addProperty("problems", OASFactory.createSchema().addType(Schema.SchemaType.ARRAY)
                        .items(OASFactory.createSchema().ref("#/components/schemas/Problem")))
                .addProperty("difference", OASFactory.createSchema()).addRequired("code").addRequired("detail");
    }

    private static Operation stream() {
        return OASFactory.createOperation().operationId("stream").summary("Changes as server-sent events, each named after its topic.")
                .addParameter(OASFactory.createParameter().name("topics").in(Parameter.In.QUERY).required(true).schema(text())
                        .description("status, change, job, log:BOT, tap:BOT, tap:BOT:PATH, separated by commas"))
                .addParameter(OASFactory.createParameter().name("where").in(Parameter.In.QUERY).schema(text())
                        .description("which messages taps show, such as source.asn = 64496"))
                .responses(OASFactory.createAPIResponses().addAPIResponse("200", OASFactory.createAPIResponse().description("OK")
                        .content(OASFactory.createContent().addMediaType("text/event-stream", OASFactory.createMediaType().schema(text())))));
    }

    /** {@code BotsResource_changeOne} is {@code botsChangeOne}. */
    private static String name(String operationId) {
        String[] words = operationId.split("Resource_");
        return words.length < 2 ? operationId : words[0].substring(0, 1).toLowerCase(Locale.ROOT) + words[0].substring(1)
                + words[1].substring(0, 1).toUpperCase(Locale.ROOT) + words[1].substring(1);
    }

    /** A body of any type is described as text. */
    private static void takesText(Operation operation) {
        Content content = operation.getRequestBody() == null ? null : operation.getRequestBody().getContent();
        if (content != null && content.getMediaType(MediaType.WILDCARD) != null) {
            content.addMediaType(MediaType.TEXT_PLAIN, content.getMediaType(MediaType.WILDCARD)).removeMediaType(MediaType.WILDCARD);
        }
    }

    /** The status with which JAX-RS answers if there is no content, whatever the method. */
    private static void mayHaveNoContent(Operation operation) {
        Map<String, APIResponse> responses = new LinkedHashMap<>(operation.getResponses().getAPIResponses());
        Map.Entry<String, APIResponse> first = responses.entrySet().iterator().next();
        if (responses.size() == 1 && first.getKey().startsWith("2") && first.getValue().getContent() == null) {
            operation.getResponses().setAPIResponses(Map.of("204", OASFactory.createAPIResponse().description("Done")));
        }
    }

    private static void mayBeRefused(Operation operation) {
        operation.getResponses().addAPIResponse("default", OASFactory.createAPIResponse().description("Refused; the code says why.")
                .content(OASFactory.createContent().addMediaType("application/problem+json",
                        OASFactory.createMediaType().schema(OASFactory.createSchema().ref("#/components/schemas/" + PROBLEM)))));
    }
}
