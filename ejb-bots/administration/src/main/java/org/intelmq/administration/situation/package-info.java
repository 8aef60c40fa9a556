/** What is going on, on one page for a wall. */
package org.intelmq.administration.situation;
