/** What one delivery causes, held back until it is sure. */
package org.intelmq.engine.transaction;
