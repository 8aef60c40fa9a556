/**
 * Text as Python reads and writes it: numbers, white space, Base64, character sets, CSV, times, addresses, URLs, patterns.
 * IntelMQ's users rely on these readings, so each class states where Java's own would differ. Knows nothing of messages.
 */
package org.intelmq.text;
