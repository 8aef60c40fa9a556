/** Fills fields from Jinja templates. Rendering is bounded by {@code org.intelmq.template}. */
package org.intelmq.bots.experts.jinja;
