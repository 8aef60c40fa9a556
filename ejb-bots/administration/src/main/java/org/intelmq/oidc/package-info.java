/**
 * Logins with OpenID Connect: the code flow with PKCE, how the provider's answers are checked, and which role follows. Knows nothing of
 * HTTP requests to this server.
 */
package org.intelmq.oidc;
