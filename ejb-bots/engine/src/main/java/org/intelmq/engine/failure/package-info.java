/** What failures are, and what follows from them: for messages, for bots, and for what has ended the server. */
package org.intelmq.engine.failure;
