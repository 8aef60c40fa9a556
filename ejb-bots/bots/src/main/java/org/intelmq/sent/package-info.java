/** For outputs whose effects cannot be undone: a record of what deliveries under way have already sent. */
package org.intelmq.sent;
