/** Asks a Tuency instance over its REST interface whom to notify, and how often. */
package org.intelmq.bots.experts.tuency;
