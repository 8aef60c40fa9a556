/** Submits URLs to a Lookyloo instance, which takes a screenshot, and notes its address. */
package org.intelmq.bots.experts.lookyloo;
