/** Changes fields by IntelMQ's JSON rules: conditions on fields, and values to set. */
package org.intelmq.bots.experts.modify;
