/**
 * A placeholder for IntelMQ's openDXL collector. Maven Central has no client library for openDXL, so the bot only explains why it
 * cannot run.
 */
package org.intelmq.bots.collectors.opendxl;
