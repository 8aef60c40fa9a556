package org.intelmq.eventdb;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Says that an event has been written, so that it is not written again when its delivery is repeated. */
@Entity
@Cacheable(false)
@Table(name = LedgerEntry.TABLE)
public class LedgerEntry {

    static final String TABLE = "intelmq_ledger";

    @Id
    @Column(name = "id")
    private UUID id;
    @Column(name = "written_at", nullable = false)
    private OffsetDateTime writtenAt;

    protected LedgerEntry() { }

    LedgerEntry(UUID id, OffsetDateTime writtenAt) {
        this.id = id;
        this.writtenAt = writtenAt;
    }
}
