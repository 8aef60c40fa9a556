/**
 * Mails every event in texts rendered by Jinja templates. Sending is the work of {@code org.intelmq.mail}, rendering that of {@code
 * org.intelmq.template}.
 */
package org.intelmq.bots.outputs.templatedsmtp;
