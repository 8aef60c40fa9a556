package org.intelmq.mail;

import java.net.URI;
import java.nio.file.Path;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.Folder;
import org.intelmq.bot.Form;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.bot.Param;

/** How a bot gets a token for logging in without a password (XOAUTH2). */
public record OauthParams(
        @Param(value = "File with an access token that another program keeps fresh; read at each login.", optional = true, folder = Folder.ROOT)
        Path oauth2TokenFile,
        @Param(value = "Address of the token endpoint; if set, a new access token is fetched whenever the last has expired.", optional = true,
                example = "https://login.microsoftonline.com/TENANT/oauth2/v2.0/token")
        URI oauth2TokenUrl,
        @Param(value = "The client's id at oauth2_token_url.", optional = true)
        String oauth2ClientId,
        @Param(value = "The client's secret at oauth2_token_url.", optional = true, secret = true)
        String oauth2ClientSecret,
        @Param(value = "Scope of the token.", optional = true, example = "https://outlook.office365.com/.default")
        String oauth2Scope,
        @Param(value = "Refresh token that a user has consented to; without it, the client authenticates as itself.", optional = true, secret = true,
                    form = Form.LINE)
        String oauth2RefreshToken) {

    public OauthParams {
        if (oauth2TokenUrl != null && (oauth2ClientId == null || oauth2ClientId.isEmpty())) {
            throw new IllegalArgumentException("parameter 'oauth2_client_id' is not set: expected the client's id, because oauth2_token_url is set");
        }
        if (oauth2TokenUrl != null && oauth2TokenFile != null) {
            throw new IllegalArgumentException("parameters 'oauth2_token_url' and 'oauth2_token_file' are both set: expected one of them");
        }
    }

    /** Whether the bot logs in with a token at all. */
    public boolean isUsed() {
        return oauth2TokenFile != null || oauth2TokenUrl != null;
    }

    /** Fetches tokens; {@code null} if none are fetched. */
    public Http http(BotContext context, HttpParams params) {
        return oauth2TokenUrl == null ? null : context.http(params);
    }
}
