/** Jinja templates, rendered within bounds. */
package org.intelmq.template;
