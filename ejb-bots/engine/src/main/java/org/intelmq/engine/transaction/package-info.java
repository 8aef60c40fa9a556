/** The effects of one delivery, held back until they are certain. */
package org.intelmq.engine.transaction;
