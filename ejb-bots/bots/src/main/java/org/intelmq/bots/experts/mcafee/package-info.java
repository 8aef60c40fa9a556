/**
 * A placeholder for IntelMQ's McAfee Active Response expert. Maven Central has no client library for openDXL, so the bot only explains
 * why it cannot run.
 */
package org.intelmq.bots.experts.mcafee;
