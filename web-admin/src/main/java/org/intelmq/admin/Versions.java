package org.intelmq.admin;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

/** Entity tags of what somebody else may change meanwhile. */
final class Versions {

    private Versions() { }

    static Response answer(String version, Object answer) {
        return Response.ok(answer).tag(new EntityTag(version)).build();
    }

    /** Without the answer if who asks has it already. */
    static Response answer(Request request, String version, Object answer) {
        Response.ResponseBuilder known = request.evaluatePreconditions(new EntityTag(version));
        return known == null ? answer(version, answer) : known.build();
    }

    /** @param match the header {@code If-Match}; {@code null}, or a star, for whatever it is */
    static String of(String match) {
        return match == null || match.isBlank() || match.strip().equals("*") ? null : match.strip().replaceFirst("^W/", "").replace("\"", "");
    }
}
