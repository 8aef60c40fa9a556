/** Assembles everything that a server lends to its bots. */
package org.intelmq.services;
