/** All that a server lends to its bots, put together. */
package org.intelmq.services;
