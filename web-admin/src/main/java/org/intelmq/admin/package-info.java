/** Administration over HTTP. */
package org.intelmq.admin;
