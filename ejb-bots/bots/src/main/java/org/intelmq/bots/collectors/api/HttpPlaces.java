package org.intelmq.bots.collectors.api;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Request;
import org.intelmq.stream.Places;

/** Gives each connection of the server its place, and keeps track of the stage of its requests. Thread-safe. */
final class HttpPlaces implements Connection.Listener {

    /** The time limit for starting encryption, for a request's header, between two requests, and for an empty body; a large body has more. */
    static final Duration LEAST_TIME = Duration.ofSeconds(30);

    private final Places places;
    private final Map<Connection, Places.Place> byConnection = new ConcurrentHashMap<>();

    HttpPlaces(Places places) {
        this.places = places;
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof SslConnection) {
            // that of HTTP, which is in it, counts
            return;
        }
        EndPoint plain = plain(connection.getEndPoint());
        Places.Place place = places.enter(plain, String.valueOf(plain.getRemoteSocketAddress()), LEAST_TIME);
        if (place == null) {
            plain.close();
        } else {
            byConnection.put(connection, place);
        }
    }

    /** Closing the connection below the encryption never waits for the client. */
    private static EndPoint plain(EndPoint endPoint) {
        EndPoint plain = endPoint;
        while (plain instanceof EndPoint.Wrapper wrapper) {
            plain = wrapper.unwrap();
        }
        return plain;
    }

    @Override
    public void onClosed(Connection connection) {
        Places.Place place = byConnection.remove(connection);
        if (place != null) {
            place.close();
        }
    }

    /**
     * Called when a request's header is complete; when it is answered, the next one may come. Returns {@code null} if the connection is
     * already closed.
     */
    Places.Place of(Request request) {
        Places.Place place = byConnection.get(request.getConnectionMetaData().getConnection());
        if (place != null) {
            Request.addCompletionListener(request, failure -> place.waits(LEAST_TIME));
        }
        return place;
    }
}
