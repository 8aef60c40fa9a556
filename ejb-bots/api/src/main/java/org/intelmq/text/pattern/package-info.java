/** Users' regular expressions, with Python's syntax, in bounded time. */
package org.intelmq.text.pattern;
