/** Brings configurations of earlier versions of IntelMQ up to date. */
package org.intelmq.upgrade;
