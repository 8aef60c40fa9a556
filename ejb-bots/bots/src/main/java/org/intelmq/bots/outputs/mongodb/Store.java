package org.intelmq.bots.outputs.mongodb;

import com.mongodb.ConnectionString;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoException;
import com.mongodb.MongoIncompatibleDriverException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteConcern;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.Document;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.UnavailableException;

/** A collection of a MongoDB, to which this connects on creation. Not thread-safe. */
final class Store implements AutoCloseable {

    private static final int DUPLICATE = 11_000;
    /** Not authorised, not logged in, out of space, shutting down. */
    private static final Set<Integer> NO_EVENTS_FAULT = Set.of(13, 18, 91, 14_031, 11_600);
    private static final InsertManyOptions EACH_BY_ITSELF = new InsertManyOptions().ordered(false);

    private final MongoDbServerParams params;
    private final MongoClient client;
    private final MongoCollection<Document> collection;

    Store(MongoDbServerParams params, String name) {
        this.params = params;
        MongoClientSettings.Builder settings = MongoClientSettings.builder()
                .writeConcern(WriteConcern.MAJORITY.withWTimeout(30, TimeUnit.SECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(10, TimeUnit.SECONDS).readTimeout(60, TimeUnit.SECONDS))
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(15, TimeUnit.SECONDS))
                .applyToConnectionPoolSettings(pool -> pool.maxSize(1).minSize(0))
                .applicationName(name.length() > 128 ? name.substring(0, 128) : name);
        if (params.isAddress()) {
            settings.applyConnectionString(address()).applyToSslSettings(tls -> tls.context(params.trust()));
        } else {
            settings.applyToClusterSettings(cluster -> cluster.hosts(List.of(new ServerAddress(params.host(), params.port()))));
        }
        if (params.logsIn()) {
            settings.credential(MongoCredential.createCredential(params.dbUser(), "admin", params.dbPass().toCharArray()));
        }
        client = MongoClients.create(settings.build());
        collection = client.getDatabase(params.database()).getCollection(params.collection());
    }

    private ConnectionString address() {
        try {
            return new ConnectionString(params.host());
        } catch (IllegalArgumentException | MongoException e) {
            throw new ConfigurationException("parameter 'host' cannot be an address mongodb://… that MongoDB's driver does not understand: "
                    + e.getMessage(), e);
        }
    }

    /**
     * Writes each document that can be written, and ignores those that already exist.
     *
     * @param identified whether documents have an identity, so that an existing one is the same
     * @throws UnavailableException if the server cannot be reached or accepts nothing
     * @throws IllegalArgumentException if the server refuses one of the documents; the others are written
     */
    void insert(List<Document> documents, boolean identified) throws InterruptedException {
        try {
            collection.insertMany(documents, EACH_BY_ITSELF);
        } catch (MongoBulkWriteException e) {
            if (e.getWriteConcernError() != null) {
                throw new UnavailableException(params + " has not confirmed what was written: " + e.getWriteConcernError().getMessage(), e);
            }
            check(e, identified);
        } catch (MongoInterruptedException e) {
            throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
        } catch (MongoException e) {
            throw explained(e);
        }
    }

    private void check(MongoBulkWriteException thrown, boolean identified) {
        for (BulkWriteError error : thrown.getWriteErrors()) {
            if (error.getCode() == DUPLICATE && identified && isOfIdentity(error)) {
                continue;
            }
            String reason = error.getCode() + " " + error.getMessage();
            if (NO_EVENTS_FAULT.contains(error.getCode())) {
                throw new UnavailableException(params + " accepts nothing: " + reason, thrown);
            }
            throw new IllegalArgumentException("collection '" + params.collection() + "' of " + params + " refused the event: " + reason, thrown);
        }
    }

    /** Not of an index that the operator has created: that would refuse another event. */
    private static boolean isOfIdentity(BulkWriteError error) {
        BsonDocument details = error.getDetails();
        return details.containsKey("keyPattern") ? details.get("keyPattern").equals(new BsonDocument("_id", new BsonInt32(1)))
                : error.getMessage().contains("index: _id_ ");
    }

    private RuntimeException explained(MongoException e) {
        if (e instanceof MongoSecurityException) {
            return new UnavailableException(params + " refuses the login: check db_user and db_pass (" + e.getMessage() + ')', e);
        }
        boolean refused = e instanceof MongoCommandException command && NO_EVENTS_FAULT.contains(command.getErrorCode());
        if (refused || e instanceof MongoSocketException || e instanceof MongoTimeoutException || e instanceof MongoServerUnavailableException
                || e instanceof MongoNotPrimaryException || e instanceof MongoNodeIsRecoveringException || e instanceof MongoWriteConcernException
                || e instanceof MongoIncompatibleDriverException || e.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL)) {
            return new UnavailableException(params + " cannot be written to: " + e.getMessage(), e);
        }
        return new IllegalArgumentException("database '" + params.database() + "' of " + params + " refused the events: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        client.close();
    }
}
