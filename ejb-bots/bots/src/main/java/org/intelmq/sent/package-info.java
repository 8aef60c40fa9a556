/** For outputs whose doings cannot be taken back: what deliveries under way have sent already. */
package org.intelmq.sent;
