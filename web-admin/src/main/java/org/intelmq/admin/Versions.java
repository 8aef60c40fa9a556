package org.intelmq.admin;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import org.intelmq.administration.configuration.RuntimeText;
import org.intelmq.message.Json;

/** Entity tags of resources that somebody else may change meanwhile. */
final class Versions {

    private Versions() { }

    static Response answer(String version, Object answer) {
        return Response.ok(answer).tag(new EntityTag(version)).build();
    }

    /** Without a body if the caller already has this version. */
    static Response answer(Request request, String version, Object answer) {
        Response.ResponseBuilder known = request.evaluatePreconditions(new EntityTag(version));
        return known == null ? answer(version, answer) : known.build();
    }

    /** Tags an answer by its content. */
    static <A> A tagged(HttpServletResponse response, A answer) {
        tag(response, RuntimeText.version(Json.write(answer)));
        return answer;
    }

    static void tag(HttpServletResponse response, String version) {
        response.setHeader(HttpHeaders.ETAG, '"' + version + '"');
    }

    /** @param match the header {@code If-Match}; {@code null} or a star matches any version */
    static String of(String match) {
        return match == null || match.isBlank() || match.strip().equals("*") ? null : match.strip().replaceFirst("^W/", "").replace("\"", "");
    }
}
