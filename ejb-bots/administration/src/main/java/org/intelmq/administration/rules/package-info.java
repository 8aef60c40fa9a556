/** The files that bots use: rules, lists and templates. */
package org.intelmq.administration.rules;
