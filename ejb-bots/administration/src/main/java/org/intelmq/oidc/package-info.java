/** Logins with OpenID Connect: the code flow with PKCE, what is believed of the provider, and which role follows. Knows nothing of HTTP requests to us. */
package org.intelmq.oidc;
