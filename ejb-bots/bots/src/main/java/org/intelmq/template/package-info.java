/** Renders Jinja templates, within limits. */
package org.intelmq.template;
