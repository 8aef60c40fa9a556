/** Writes JSON text without building a tree of objects. */
package org.intelmq.text.json;
