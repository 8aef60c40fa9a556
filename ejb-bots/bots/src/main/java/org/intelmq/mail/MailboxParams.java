package org.intelmq.mail;

import org.intelmq.bot.Form;
import org.intelmq.bot.Param;

/** Which mails are collected from where, and what becomes of them. */
public record MailboxParams(
        @Param(value = "Host of the IMAP server.", form = Form.HOST)
        String mailHost,
        @Param(value = "User to log in as.", form = Form.LINE)
        String mailUser,
        @Param(value = "The user's password; none is needed with an OAuth2 token.", optional = true, secret = true)
        String mailPassword,
        @Param(value = "Whether the connection is encrypted from the start (IMAPS).", byDefault = "true")
        boolean mailSsl,
        @Param(value = "Port of the IMAP server; by default 993 with mail_ssl, else 143.", optional = true)
        Integer mailPort,
        @Param(value = "Whether to require encryption with STARTTLS; not needed with mail_ssl.", byDefault = "false")
        boolean mailStarttls,
        @Param(value = "Folder whose unread mails are collected.", byDefault = "INBOX", neverEmpty = true, form = Form.LINE)
        String folder,
        @Param(value = "Text in the recipients of wanted mails; the server searches for it.", optional = true, neverEmpty = true)
        String sentTo,
        @Param(value = "Text in the sender of wanted mails; the server searches for it.", optional = true, neverEmpty = true)
        String sentFrom,
        @Param(value = "Regular expression for the subject of wanted mails; by default all mails are wanted.", optional = true)
        String subjectRegex,
        @Param(value = "Regular expression for the sender's address of wanted mails; by default all mails are wanted.", optional = true)
        String senderRegex,
        @Param(value = "What to do with a mail once its reports are safe: mark it as read, move it to mail_move_to, or delete it.", byDefault = "seen")
        Afterwards mailAfterwards,
        @Param(value = "Folder that mails are moved to.", optional = true, example = "Collected", form = Form.LINE)
        String mailMoveTo,
        ConnectionParams connection,
        OauthParams oauth) {

    /** What becomes of collected mails. */
    public enum Afterwards { SEEN, MOVE, DELETE }

    public MailboxParams {
        if ((mailPassword == null || mailPassword.isEmpty()) && !oauth.isUsed()) {
            throw new IllegalArgumentException("parameter 'mail_password' is not set: expected the password of the user in mail_user");
        }
        if (mailAfterwards == Afterwards.MOVE && (mailMoveTo == null || mailMoveTo.isEmpty())) {
            throw new IllegalArgumentException("parameter 'mail_move_to' is not set: expected a folder, because mail_afterwards is move");
        }
    }

    int port() {
        return mailPort != null ? mailPort : mailSsl ? 993 : 143;
    }
}
