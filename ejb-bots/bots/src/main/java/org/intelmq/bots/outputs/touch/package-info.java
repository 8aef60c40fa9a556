/** Updates a file's modification time on every event. */
package org.intelmq.bots.outputs.touch;
