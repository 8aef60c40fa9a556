/** Users and tokens: who there is, and adding, changing and removing them. */
package org.intelmq.administration.access;
