/** Points in time and spans of time, as feeds and users write them. */
package org.intelmq.text.time;
