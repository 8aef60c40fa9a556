/** The installation and its configuration: where files are, which bots there are, and how they are connected. */
package org.intelmq.pipeline;
