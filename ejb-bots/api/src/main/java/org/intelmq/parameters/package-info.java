/** What the parameter records of bots declare, and how values of a configuration are read into them. */
package org.intelmq.parameters;
