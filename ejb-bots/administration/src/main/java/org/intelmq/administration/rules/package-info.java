/** The files that bots work by: rules, lists and templates. */
package org.intelmq.administration.rules;
