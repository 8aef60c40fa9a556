/** The record of who changed what. */
package org.intelmq.administration.audit;
