/** Who may do what: users, their roles, and the tokens they get when they log in. */
package org.intelmq.access;
