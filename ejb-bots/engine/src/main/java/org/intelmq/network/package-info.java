/** HTTP and DNS as the server lends them to bots. */
package org.intelmq.network;
