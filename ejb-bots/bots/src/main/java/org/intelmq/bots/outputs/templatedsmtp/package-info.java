/** Mails every event in texts rendered from Jinja templates, through {@code org.intelmq.mail} and {@code org.intelmq.template}. */
package org.intelmq.bots.outputs.templatedsmtp;
