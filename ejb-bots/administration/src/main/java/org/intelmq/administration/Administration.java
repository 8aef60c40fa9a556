package org.intelmq.administration;

import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.access.Role;

/** Carries out what is asked, if the caller's role allows it, and writes changes and refusals down. Thread-safe. */
public final class Administration {

    private static final Logger LOG = Logger.getLogger(Administration.class.getName());

    /** In characters, of what a visitor wrote. */
    private static final int LONGEST_SUMMARY = 200;

    private final Site site;
    private final AuditLog audit;
    private final BiConsumer<Caller, String> news;
    private final OncePerMinute refused;

    public Administration(Site site, AuditLog audit) {
        this(site, audit, (caller, what) -> { });
    }

    /** @param news told who has changed what */
    public Administration(Site site, AuditLog audit, BiConsumer<Caller, String> news) {
        this.site = site;
        this.audit = audit;
        this.news = news;
        this.refused = new OncePerMinute(audit.clock());
    }

    /** @throws Refusal if the role does not allow it, or the operation refuses */
    public <A> A perform(Caller caller, Operation<A> operation) throws Exception {
        if (!caller.role().includes(operation.needs())) {
            Refusal refusal = forbidden(caller, operation);
            audit.add(caller, summary(operation), refusal.code());
            throw refusal;
        }
        Site asked = site.askedBy(caller);
        if (operation instanceof Query<A>) {
            return operation.perform(asked);
        }
        audit.require();
        try {
            A answer = operation.perform(asked);
            audit.add(caller, summary(operation), "done");
            news.accept(caller, summary(operation));
            return answer;
        } catch (Refusal refusal) {
            audit.add(caller, summary(operation), refusal.code());
            throw refusal;
        } catch (Exception e) {
            LOG.log(Level.SEVERE, e, () -> summary(operation) + ", asked by " + caller.name() + ", failed");
            audit.add(caller, summary(operation), "failed");
            throw e;
        }
    }

    /**
     * Writes down that somebody came in, left, or was not let in.
     *
     * @param who  as they said, {@code null} if they did not
     * @param role {@code null} of somebody who was not let in
     */
    public void note(String who, Role role, String way, String what, String result) {
        audit.add(who == null ? "unknown" : who, role == null ? "none" : role.word(), way, what, result);
    }

    /**
     * Writes down a request that went no further, once a minute of each kind, user and address, so that strangers cannot fill the disk.
     *
     * @param who as somebody else vouches for; {@code null} of a stranger
     * @param way how it came, with its address
     * @param code of the refusal
     * @return whether it was written down
     */
    public boolean noteRefused(String who, Role role, String way, String what, String code) {
        boolean isNew = refused.isNew(way + ' ' + code + ' ' + who);
        if (isNew) {
            note(who, role, way, what.length() <= LONGEST_SUMMARY ? what : what.substring(0, LONGEST_SUMMARY) + '…', code);
        }
        return isNew;
    }

    private static String summary(Operation<?> operation) {
        return operation instanceof Command<?> command ? command.summary() : operation.getClass().getSimpleName();
    }

    private static Refusal forbidden(Caller caller, Operation<?> operation) {
        String needed = operation.needs().word();
        return new Refusal(Refusal.Kind.FORBIDDEN, "role-too-low", "'" + caller.name() + "' has the role " + caller.role().word() + "; '"
                + summary(operation) + "' needs the role " + needed, "Ask an administrator for the role " + needed + ".");
    }
}
