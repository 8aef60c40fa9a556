/** What bots that are told things share: streams of lines, and servers of their own with their limits. */
package org.intelmq.stream;
