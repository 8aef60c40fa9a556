/** JSON text put together without a tree of objects. */
package org.intelmq.text.json;
