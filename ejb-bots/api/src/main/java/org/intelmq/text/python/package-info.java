/** Numbers and text as Python's functions read and write them, format strings among them. */
package org.intelmq.text.python;
