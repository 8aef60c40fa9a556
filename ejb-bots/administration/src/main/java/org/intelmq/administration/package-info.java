/**
 * What can be asked of a running server: one record per question or change, carried out in one place that knows who asks, what the
 * role allows, and what goes into the audit log. REST, command line, JMX and console are ways in, and hold no rules of their own.
 */
package org.intelmq.administration;
