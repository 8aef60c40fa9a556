package org.intelmq.bots.collectors.api;

import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.Intake;
import org.intelmq.files.SharedMemory;
import org.intelmq.stream.Places;
import org.intelmq.stream.PushedMemory;
import org.intelmq.stream.Rate;
import org.intelmq.stream.RawReport;

/** Takes one report per request, and answers when it is safe. */
final class PushHandler extends Handler.Abstract {

    private static final String PATH = "/intelmq/push";
    private static final String BEARER = "Bearer ";
    private static final String NO_PAGES = "a web page cannot send reports here, as this collector has no auth_token";
    private static final String SOON = "1";
    private static final String WHEN_THERE_IS_ROOM = "10";

    private final BotContext context;
    private final Intake intake;
    private final List<byte[]> tokens;
    private final int mostBytes;
    private final Rate rate;
    private final HttpPlaces places;
    private final PushedMemory memory;

    PushHandler(ApiCollector.Params params, BotContext context, Intake intake, HttpPlaces places, PushedMemory memory) {
        this.context = context;
        this.intake = intake;
        this.places = places;
        this.memory = memory;
        this.tokens = params.authToken().stream().filter(token -> !token.isBlank()).map(token -> token.strip().getBytes(StandardCharsets.UTF_8)).toList();
        this.mostBytes = params.server().maxSize();
        this.rate = new Rate(params.server().maxRate());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Places.Place place = places.of(request);
        if (place == null) {
            callback.failed(new ClosedChannelException());
            return true;
        }
        int refusal = refusal(request, response);
        if (refusal != 0) {
            answer(refusal, response, callback);
            return true;
        }
        long length = request.getLength();
        place.begins(Places.timeFor(HttpPlaces.LEAST_TIME, length < 0 ? mostBytes : length));
        SharedMemory.Share share = memory.share();
        new PushedBody(request, mostBytes, share).read().whenComplete((content, failure) -> {
            try (share) {
                if (failure == null) {
                    place.whole();
                    answer(statusOf(request, response, content), response, callback);
                } else if (failure instanceof SharedMemory.NoRoomException full) {
                    memory.warn("are refused with status 503", full);
                    response.getHeaders().put(HttpHeader.RETRY_AFTER, WHEN_THERE_IS_ROOM);
                    answer(HttpStatus.SERVICE_UNAVAILABLE_503, response, callback);
                } else if (failure instanceof SharedMemory.TooLargeException) {
                    context.log().warning("A request from " + Request.getRemoteAddr(request) + " is refused: " + failure.getMessage() + '.');
                    answer(HttpStatus.PAYLOAD_TOO_LARGE_413, response, callback);
                } else {
                    brokeOff(request, place, failure);
                    callback.failed(failure);
                }
            }
        });
        return true;
    }

    private void brokeOff(Request request, Places.Place place, Throwable failure) {
        if (!place.isLost()) {
            context.log().warning("A request from " + Request.getRemoteAddr(request) + " broke off: " + failure.getMessage());
        }
    }

    private static void answer(int status, Response response, Callback callback) {
        if (!HttpStatus.isSuccess(status)) {
            // a body that was not read would else be taken for the next request
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/html; charset=UTF-8");
        String title = status + ": " + HttpStatus.getMessage(status);
        String text = status == HttpStatus.FORBIDDEN_403 ? title + ": " + NO_PAGES : title;
        String page = HttpStatus.isSuccess(status) ? "" : "<html><title>" + title + "</title><body>" + text + "</body></html>";
        Content.Sink.write(response, true, page, callback);
    }

    private int statusOf(Request request, Response response, byte[] content) {
        try {
            return take(content);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            response.getHeaders().put(HttpHeader.RETRY_AFTER, WHEN_THERE_IS_ROOM);
            return HttpStatus.SERVICE_UNAVAILABLE_503;
        } catch (RuntimeException e) {
            context.log().log(Level.SEVERE, "A report from " + Request.getRemoteAddr(request) + " could not be taken.", e);
            return HttpStatus.INTERNAL_SERVER_ERROR_500;
        }
    }

    /** The status for a request that can be refused without reading its body; 0 for all others. */
    private int refusal(Request request, Response response) {
        if (!PATH.equals(Request.getPathInContext(request))) {
            return HttpStatus.NOT_FOUND_404;
        }
        if (!HttpMethod.POST.is(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, HttpMethod.POST.asString());
            return HttpStatus.METHOD_NOT_ALLOWED_405;
        }
        if (!isKnown(request.getHeaders().get(HttpHeader.AUTHORIZATION))) {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
            return HttpStatus.UNAUTHORIZED_401;
        }
        if (tokens.isEmpty() && isOfAnotherPage(request)) {
            return HttpStatus.FORBIDDEN_403;
        }
        if (request.getLength() > mostBytes) {
            return HttpStatus.PAYLOAD_TOO_LARGE_413;
        }
        if (intake.isFull()) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, WHEN_THERE_IS_ROOM);
            return HttpStatus.SERVICE_UNAVAILABLE_503;
        }
        if (!rate.tryTake()) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, SOON);
            return HttpStatus.TOO_MANY_REQUESTS_429;
        }
        return 0;
    }

    /**
     * Whether a browser sends the request on behalf of a page from another server: otherwise any page on the web could feed a collector that
     * its reader can reach. The Host header proves nothing, because the name of that page may meanwhile point to this address.
     */
    private static boolean isOfAnotherPage(Request request) {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (origin == null) {
            return false;
        }
        if (!(request.getConnectionMetaData().getLocalSocketAddress() instanceof InetSocketAddress local)) {
            return true;
        }
        String scheme = request.isSecure() ? "https" : "http";
        String address = local.getAddress().getHostAddress();
        String host = address.contains(":") ? '[' + address + ']' : address;
        return Stream.of(host, "localhost").noneMatch(own -> origin.equalsIgnoreCase(scheme + "://" + own + ':' + local.getPort()));
    }

    private int take(byte[] content) throws InterruptedException {
        if (content.length > mostBytes) {
            return HttpStatus.PAYLOAD_TOO_LARGE_413;
        }
        if (content.length == 0) {
            return HttpStatus.BAD_REQUEST_400;
        }
        intake.take(RawReport.of(context, content));
        return HttpStatus.OK_200;
    }

    /** Takes equally long for right and wrong guesses. */
    private boolean isKnown(String authorization) {
        if (tokens.isEmpty()) {
            return true;
        }
        boolean known = false;
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            byte[] given = authorization.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
            for (byte[] token : tokens) {
                known |= MessageDigest.isEqual(token, given);
            }
        }
        return known;
    }
}
