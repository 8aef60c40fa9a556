/** Posts every event to a URL, as JSON or as a form. */
package org.intelmq.bots.outputs.restapi;
